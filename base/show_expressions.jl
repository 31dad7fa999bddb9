# How expressions print: as the source that would make them, with parentheses where operators bind otherwise. Heads that
# have no source form print as `$(Expr(:head, ...))`. Blocks and definitions are in show_blocks.jl.

# Where an expression is printed to. All streams are one type here, so that this code is compiled once.
struct ExpressionStream <: IO
    io::IO
    # `begin` and `end` are names between brackets only.
    in_brackets::Bool
    # What prints a part of an expression. It is called by way of this field so that inference does not see all of these
    # functions as one cycle.
    print_part::Any
    # Whether quotations and `$` inside print as they are written; otherwise as what makes them, which is what `show` does,
    # since its own quotation would take in a `$`.
    has_quotes::Bool
end
ExpressionStream(io::IO, in_brackets::Bool) = ExpressionStream(io, in_brackets, show_part, false)
ExpressionStream(p::ExpressionStream, in_brackets::Bool) = ExpressionStream(p.io, in_brackets, p.print_part, p.has_quotes)
write(p::ExpressionStream, text::String) = write(p.io, text)
get(p::ExpressionStream, key, default) = get(p.io, key, default)
haskey(p::ExpressionStream, key) = haskey(p.io, key)

const INDENTATION = 4
# The level of a statement: nothing around it binds.
const STATEMENT = -1

const Node = Union{Expr,QuoteNode,LineNumberNode,GlobalRef}
show(io::IO, x::Node) = show_quoted(ExpressionStream(io, false), x, 0)
print(io::IO, x::Node) = show_node(ExpressionStream(io, false, show_part, true), x, 0, STATEMENT)
show_unquoted(io::IO, x) = show_unquoted(io, x, 0, 0)
show_unquoted(io::IO, x, indent::Int64) = show_unquoted(io, x, indent, 0)
show_unquoted(io::IO, x, indent::Int64, level::Int64) = show_node(ExpressionStream(io, false), x, indent, level)

# With the quotation around it: `:(a + b)`, or `quote ... end` for a block.
function show_quoted(p, x, indent)
    if x isa Expr && x.head === :block
        show_body(p, "quote", x, indent)
        return print(p, "end")
    end
    print(p, ":(")
    show_node(p, x, indent + 2, STATEMENT)
    print(p, ")")
end

show_node(p, x, indent, level) = (p.print_part(p, x, indent, level); nothing)
function show_part(p, x, indent, level)
    if x isa Expr
        show_expression(p, x, indent, level)
    elseif x isa Symbol
        show_name(p, x)
    elseif x isa LineNumberNode
        print(p, "#= ", line_text(x), " =#")
    elseif x isa QuoteNode
        show_quotation(p, x.value)
    elseif x isa GlobalRef
        show_global(p, x)
    else
        show(p.io, x)
    end
    return nothing
end
line_text(x) = x.file === nothing ? string("line ", x.line) : string(x.file, ":", x.line)

function show_name(p, name::Symbol)
    if isoperator(name) || is_writable_name(name) || p.in_brackets && name in (:begin, :end)
        print(p, name)
    else
        print(p, "var", repr(String(name)))
    end
end
# A macro's name keeps its `@`.
show_macro_name(p, x, indent) = x isa Symbol && startswith(String(x), "@") ? print(p, x) : show_node(p, x, indent, 0)
function show_quotation(p, value)
    value isa Symbol && return show(p.io, value)
    print(p, "\$(QuoteNode(")
    show(p.io, value)
    print(p, "))")
end
function show_global(p, x)
    print(p, x.mod, ".")
    isoperator(x.name) && return print(p, ":", needs_quoting(x.name) ? string("(", x.name, ")") : String(x.name))
    show_macro_name(p, x.name, 0)
end

has_head(x, head) = x isa Expr && x.head === head
has_head(x, head, n) = x isa Expr && x.head === head && length(x.args) == n
first_is(args, head) = !isempty(args) && has_head(args[1], head)

# Each group of heads has a function that answers whether it printed the expression.
function show_expression(p, x::Expr, indent, level)
    show_infix(p, x, indent, level) && return nothing
    show_application(p, x, indent, level) && return nothing
    show_collection(p, x, indent) && return nothing
    show_definition(p, x, indent, level) && return nothing
    show_keyword(p, x, indent) && return nothing
    show_decorated(p, x, indent, level) && return nothing
    show_as_constructor(p, x)
end

function show_as_constructor(p, x)
    print(p, "\$(Expr(")
    show(p.io, x.head)
    for a in x.args
        print(p, ", ")
        show(p.io, a)
    end
    print(p, "))")
end

function show_list(p, items, separator, indent, level)
    show_list(p, items, separator, indent, level, false)
end
# `are_operands`: operators among the items, and negative first operands of strong operators, get parentheses.
function show_list(p, items, separator, indent, level, are_operands)
    is_first = true
    for x in items
        is_first || print(p, separator)
        if are_operands && x isa Symbol && isoperator(x) || is_first && level >= POWER_LEVEL && is_signed(x)
            print(p, "(")
            show_node(p, x, indent + INDENTATION, 0)
            print(p, ")")
        else
            show_node(p, x, indent + INDENTATION, level)
        end
        is_first = false
    end
end
is_signed(x::Real) = x < 0
is_signed(x::Expr) = x.head === :call && length(x.args) == 2 && x.args[1] isa Symbol && isunaryoperator(x.args[1])
is_signed(x) = false
function show_enclosed(p, opening, items, separator, closing, indent, level, are_operands)
    print(p, opening)
    show_list(p, items, separator, indent, level, are_operands)
    print(p, closing)
end
# Operands between which an operator stands; all in parentheses where it binds no stronger than what is around.
function show_operands(p, items, separator, indent, own_level, level)
    if own_level <= level
        show_enclosed(p, "(", items, separator, ")", indent, own_level, true)
    else
        show_list(p, items, separator, indent, own_level, true)
    end
end

# Heads that are operators: assignments, `&&`, `::`, `->`, comparisons, ...
const TIGHT_HEADS = (Symbol("->"), :(::), :(:))
const INFIX_HEADS = (:(=), :(&&), :(||), :(<:), :(>:), :(-->), Symbol("."), :(.=), :(.&&), :(.||))
function show_infix(p, x, indent, level)
    head = x.head
    n = length(x.args)
    if head === :. && n == 2 && !has_head(x.args[2], :tuple)
        show_property(p, x, indent)
    elseif n == 2 && head in TIGHT_HEADS
        show_operands(p, x.args, head, indent, operator_precedence(head), level)
    elseif n == 2 && head !== :. && (head in INFIX_HEADS || is_assignment(head))
        show_operands(p, x.args, string(" ", head, " "), indent, operator_precedence(head), level)
    elseif head === :comparison && n >= 3 && isodd(n)
        own = foldl(min, map(operator_precedence_of, x.args[2:2:n]))
        show_operands_of_comparison(p, x.args, indent, own, level)
    elseif head === :where && n >= 2
        show_where(p, x, indent, level)
    else
        return false
    end
    return true
end
is_assignment(head) = operator_precedence(head) == ASSIGNMENT_LEVEL && endswith(String(head), "=") && head !== :(:=)
operator_precedence_of(x) = x isa Symbol ? operator_precedence(x) : COMPARISON_LEVEL
function show_operands_of_comparison(p, items, indent, own, level)
    own <= level && print(p, "(")
    show_list(p, items, " ", indent, own)
    own <= level && print(p, ")")
end
function show_where(p, x, indent, level)
    ASSIGNMENT_LEVEL <= level && print(p, "(")
    show_node(p, x.args[1], indent, TYPE_LEVEL)
    print(p, " where ")
    if length(x.args) == 2
        show_node(p, x.args[2], indent, ASSIGNMENT_LEVEL)
    else
        show_enclosed(p, "{", x.args[2:end], ", ", "}", indent, 0, false)
    end
    ASSIGNMENT_LEVEL <= level && print(p, ")")
end
# `a.b`: what is no name or chain of names gets parentheses.
function show_property(p, x, indent)
    object = x.args[1]
    show_called(p, object, indent, object isa Expr && object.head in (:., :macrocall))
    print(p, ".")
    name = x.args[2]
    name = name isa QuoteNode ? name.value : has_head(name, :quote, 1) ? name.args[1] : Core._expr(:$, name)
    if name isa Symbol
        isoperator(name) && print(p, ":")
        needs_quoting(name) ? print(p, "(", name, ")") : show_macro_name(p, name, indent)
    elseif x.args[2] isa QuoteNode || has_head(x.args[2], :quote)
        print(p, ":(")
        show_node(p, name, indent, 0)
        print(p, ")")
    else
        print(p, "(")
        show_node(p, x.args[2], indent, 0)
        print(p, ")")
    end
end
function show_called(p, callee, indent, is_plain)
    if is_plain || callee isa Union{Symbol,GlobalRef}
        show_macro_name(p, callee, indent)
    else
        print(p, "(")
        show_node(p, callee, indent, 0)
        print(p, ")")
    end
end

# Calls of all kinds: `f(x)`, `a[i]`, `T{S}`, `f.(x)`, `@m x`, `x + y`, `-x`, `2x`.
function show_application(p, x, indent, level)
    head = x.head
    args = x.args
    isempty(args) && return false
    if head === :call
        show_function_call(p, x, args[1], args[2:end], indent, level)
    elseif head === :ref
        show_call(ExpressionStream(p, true), args[1], args[2:end], "[", "]", indent, false)
    elseif head === :curly
        show_call(p, args[1], args[2:end], "{", "}", indent, false)
    elseif head === :. && length(args) == 2
        is_plain = args[1] isa Expr && args[1].head in (:., :curly)
        show_called(p, args[1] isa Symbol && isoperator(args[1]) ? Core._expr(:., args[1]) : args[1], indent, is_plain)
        print(p, ".")
        show_arguments(p, args[2].args, "(", ")", indent, true)
    elseif head === :. && length(args) == 1
        args[1] isa Symbol && isoperator(args[1]) || return false
        print(p, "(.", args[1], ")")
    elseif head === :macrocall && length(args) >= 2
        show_macro_call(p, args, indent, level)
    elseif head === :do && length(args) == 2 && has_head(args[2], Symbol("->"), 2)
        show_do(p, x, indent)
    else
        return false
    end
    return true
end
function show_call(p, f, args, opening, closing, indent, has_keywords)
    show_called(p, f, indent, f isa Expr && f.head in (:., :curly))
    show_arguments(p, args, opening, closing, indent, has_keywords)
end
function show_arguments(p, args, opening, closing, indent, has_keywords)
    if first_is(args, :parameters)
        print(p, opening)
        show_list(p, with_keywords(args[2:end], has_keywords), ", ", indent, 0)
        print(p, "; ")
        show_list(p, with_keywords(args[1].args, has_keywords), ", ", indent, 0)
        print(p, closing)
    else
        show_enclosed(p, opening, with_keywords(args, has_keywords), ", ", closing, indent, 0, false)
    end
end
# A keyword argument prints as an assignment without parentheses.
with_keywords(args, has_keywords) = has_keywords ? Any[keyword_argument(a) for a in args] : args
keyword_argument(a) = has_head(a, :kw, 2) ? Core._expr(KEYWORD_HEAD, a.args...) : a
const KEYWORD_HEAD = Symbol("#keyword")

function show_function_call(p, x, f, args, indent, level)
    n = length(args)
    # An operator of a module, which hygiene makes of one in a macro, stands between its arguments as any other.
    if f isa GlobalRef && (n == 1 ? isunaryoperator(f.name) : operator_precedence(f.name) > 0 && is_between(f.name, args))
        f = f.name
    end
    own = f isa Symbol ? operator_precedence(f) : 0
    if n == 2 && f === :* && is_coefficient(args[1], args[2])
        TIMES_LEVEL <= level && print(p, "(")
        print(p, string(args[1]))
        show_name(p, args[2])
        TIMES_LEVEL <= level && print(p, ")")
    elseif f isa Symbol && n == 1 && isunaryoperator(f)
        print(p, f)
        if args[1] isa Expr || args[1] isa Symbol && isoperator(args[1])
            show_enclosed(p, "(", args, ", ", ")", indent, own, false)
        else
            show_node(p, args[1], indent, own)
        end
    elseif own > 0 && is_between(f, args)
        show_operands(p, args, f === :(:) ? ":" : string(" ", f, " "), indent, own, level)
    elseif f isa Symbol && isoperator(f) && !isunaryoperator(f) && (n == 1 || f === :(:))
        print(p, "(", f, ")")
        show_arguments(p, args, "(", ")", indent, true)
    else
        show_call(p, f, args, "(", ")", indent, true)
    end
end
# `2x`: not where the name would read as part of the number.
function is_coefficient(a, b)
    a isa Union{Int64,Float64,Float32} && b isa Symbol || return false
    text = String(b)
    return isidentifier(b) && !(text[1] in "eEfF") && !(a === 0 && text[1] in "xbo")
end
function is_between(f, args)
    n = length(args)
    n == 2 || n > 2 && f in (:+, :++, :*) || n == 3 && f === :(:) || return false
    return !any(a -> a isa Expr && a.head in (:..., :parameters, :kw), args)
end

function show_macro_call(p, args, indent, level)
    name = args[1]
    literal = core_macro(name)
    if literal === Symbol("@cmd") && length(args) == 3
        print(p, "`", args[3], "`")
    elseif literal in LITERAL_MACROS && length(args) == 3
        print(p, args[3])
    elseif is_string_macro(name) && length(args) in (3, 4) && all(a -> a isa String, args[3:end])
        show_string_macro(p, chop_ends(String(name)), args)
    else
        args[2] === nothing || (show_node(p, args[2], indent, 0); print(p, " "))
        show_macro_name(p, name, indent)
        level >= 0 && return show_arguments(p, args[3:end], "(", ")", indent, true)
        for a in args[3:end]
            print(p, " ")
            show_node(p, a, indent + INDENTATION, level)
        end
    end
end
# The parser's own macros are named in `Core`.
function core_macro(x)
    x isa GlobalRef && return x.mod === Core ? x.name : nothing
    has_head(x, :., 2) && x.args[1] === :Core && x.args[2] isa QuoteNode && return x.args[2].value
    return nothing
end
const LITERAL_MACROS = (Symbol("@int128_str"), Symbol("@uint128_str"), Symbol("@big_str"))
is_string_macro(name) = name isa Symbol && startswith(String(name), "@") && endswith(String(name), "_str")
# `@r_str` is called `r"..."`.
chop_ends(name::String) = name[2:prevind(name, lastindex(name) - 3)]
function show_string_macro(p, prefix, args)
    print(p, prefix, "\"", escape_raw_string(args[3]), "\"")
    length(args) == 4 && print(p, args[4])
end

# Tuples, arrays, comprehensions, strings.
function show_collection(p, x, indent)
    head = x.head
    args = x.args
    n = length(args)
    if head === :tuple
        show_arguments_of_tuple(p, args, indent)
    elseif head === :vect
        show_arguments_of_vect(p, args, indent)
    elseif head === :hcat
        show_enclosed(p, "[", args, " ", "]", indent, 0, false)
    elseif head === :vcat
        show_rows(p, args, indent)
    elseif head in (:typed_hcat, :typed_vcat) && n >= 1
        show_called(p, args[1], indent, args[1] isa Expr && args[1].head in (:., :curly))
        head === :typed_hcat ? show_enclosed(p, "[", args[2:end], " ", "]", indent, 0, false) : show_rows(p, args[2:end], indent)
    elseif head === :ncat && n >= 2
        show_slices(p, args[1], args[2:end], indent)
    elseif head === :typed_ncat && n >= 3
        show_called(p, args[1], indent, args[1] isa Expr && args[1].head in (:., :curly))
        show_slices(p, args[2], args[3:end], indent)
    elseif head === :braces
        show_enclosed(p, "{", args, ", ", "}", indent, 0, false)
    elseif head === :generator && n >= 2 || head === :flatten && n == 1
        print(p, "(")
        show_generator(p, x, indent)
        print(p, ")")
    elseif head === :comprehension && n == 1
        print(p, "[")
        show_generator(p, args[1], indent)
        print(p, "]")
    elseif head === :typed_comprehension && n == 2
        show_called(p, args[1], indent, args[1] isa Expr && args[1].head in (:., :curly))
        print(p, "[")
        show_generator(p, args[2], indent)
        print(p, "]")
    elseif head === :string
        show_interpolation(p, args, indent)
    else
        return false
    end
    return true
end
function show_arguments_of_tuple(p, args, indent)
    if first_is(args, :parameters)
        return show_arguments(p, args, "(", ")", indent, true)
    end
    print(p, "(")
    show_list(p, args, ", ", indent, 0, false)
    print(p, length(args) == 1 ? ",)" : ")")
end
function show_arguments_of_vect(p, args, indent)
    show_enclosed(p, "[", args, ", ", "]", indent, 0, false)
end
function show_rows(p, rows, indent)
    print(p, "[")
    for i in 1:length(rows)
        i > 1 && print(p, "; ")
        show_row(p, rows[i], indent)
    end
    print(p, length(rows) == 1 ? ";]" : "]")
end
show_row(p, row, indent) =
    has_head(row, :row) ? show_list(p, row.args, " ", indent, 0) : show_node(p, row, indent + INDENTATION, 0)
# `[a;;b]`: `d` dimensions of slices, each separated by as many semicolons.
function show_slices(p, d, slices, indent)
    print(p, "[")
    show_slice(p, d, slices, indent)
    length(slices) == 1 && print(p, repeat(";", d))
    print(p, "]")
end
function show_slice(p, d, slices, indent)
    for i in 1:length(slices)
        i > 1 && print(p, repeat(";", d), " ")
        s = slices[i]
        has_head(s, :nrow) ? show_slice(p, s.args[1], s.args[2:end], indent) : show_row(p, s, indent)
    end
end
function show_generator(p, x, indent)
    ranges = Any[]
    while has_head(x, :flatten, 1) && has_head(x.args[1], :generator)
        push!(ranges, x.args[1].args[2:end])
        x = x.args[1].args[1]
    end
    has_head(x, :generator) || return show_node(p, x, indent, 0)
    push!(ranges, x.args[2:end])
    show_node(p, x.args[1], indent, 0)
    for r in ranges
        print(p, " for ")
        if first_is(r, :filter)
            show_list(p, r[1].args[2:end], ", ", indent, STATEMENT)
            print(p, " if ")
            show_node(p, r[1].args[1], indent, 0)
        else
            show_list(p, r, ", ", indent, STATEMENT)
        end
    end
end
function show_interpolation(p, parts, indent)
    print(p, "\"")
    for part in parts
        if part isa AbstractString
            print(p, escape_quoted(String(part)))
        else
            print(p, "\$(")
            show_node(p, part, indent, 0)
            print(p, ")")
        end
    end
    print(p, "\"")
end

# Heads with one operand and a mark before or behind it, and those of one argument.
function show_decorated(p, x, indent, level)
    head = x.head
    length(x.args) == 1 || return false
    arg = x.args[1]
    if head === :(::)
        print(p, "::")
        show_node(p, arg, indent, TYPE_LEVEL)
    elseif head === :...
        show_node(p, arg, indent, 0)
        print(p, "...")
    elseif head === :&
        print(p, "&")
        show_operand(p, arg, indent)
    elseif head === :<: || head === :>:
        print(p, head)
        show_operand(p, arg, indent)
    elseif head === Symbol("'")
        arg isa Symbol ? show_name(p, arg) : show_enclosed(p, "(", x.args, "", ")", indent, 0, false)
        print(p, "'")
    elseif head === :quote && arg isa Symbol
        show(p.io, arg)
    elseif head === :quote && p.has_quotes
        arg isa Node ? show_quoted(p, arg, indent) : print(p, ":(", repr(arg), ")")
    elseif head === :$ && p.has_quotes
        print(p, "\$")
        arg isa Expr ? show_enclosed(p, "(", x.args, "", ")", indent, 0, false) : show_node(p, arg, indent, 0)
    else
        return false
    end
    return true
end
show_operand(p, x, indent) =
    x isa Expr && !(x.head in (:curly, :.)) ? show_enclosed(p, "(", Any[x], "", ")", indent, 0, false) : show_node(p, x, indent, POWER_LEVEL)
