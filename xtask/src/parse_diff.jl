# Dumps what the reference implementation reads from source files: for `cargo xtask parse-diff`.
#
# Run in a folder with `in/` and `out/`. Each `in/NAME` becomes `out/NAME`: one top-level expression a line, as
# `Meta.show_sexpr` shows it, without line numbers. It evaluates nothing of what it reads.

# The tree without line numbers. In 1.10 the literal in `"$("text")"` stays apart as a string expression of its own; where
# nothing stands around it the older form, which joins the two, is brought into the new one.
normal(x) = x
normal(x::QuoteNode) = QuoteNode(normal(x.value))
function normal(x::Expr)
    is_line(arg) = arg isa LineNumberNode || (x.head === :macrocall && arg === nothing)
    args = Any[normal(arg) for arg in x.args if !is_line(arg)]
    is_joined = x.head === :string && length(args) == 1 && args[1] isa String
    return is_joined ? Expr(:string, Expr(:string, args...)) : Expr(x.head, args...)
end

on_one_line(x) = replace(sprint(Meta.show_sexpr, normal(x)), r"\n *" => " ")

function dump_file(from, to)
    text = read(from, String)
    whole = Base.parse_input_line(text, filename = "none")
    parts = whole isa Expr && whole.head === :toplevel ? whole.args : Any[whole]
    open(to, "w") do out
        for part in parts
            part isa LineNumberNode || part === nothing || println(out, on_one_line(part))
        end
    end
end

for name in readdir("in")
    isfile(joinpath("out", name)) || dump_file(joinpath("in", name), joinpath("out", name))
end
