# Docstrings: the text written before a definition, kept under its name, and `@doc` to see it.

# Texts by name and module, in the order written.
const documented = Dict{Symbol,Vector{Any}}()

# What `"text" definition` and `@doc "text" definition` evaluate first.
function document!(m, name, text)
    m isa Module || (m = Base)
    entries = get!(() -> Any[], documented, name)
    push!(entries, (m, string(text)))
    return nothing
end

# What `@doc name` gives: prints as the text.
struct Documentation
    text::String
end
print(io::IO, d::Documentation) = print(io, d.text)
show(io::IO, d::Documentation) = print(io, d.text)

# The texts of a name as `m` sees it.
function documentation(m::Module, name::Symbol)
    texts = String[]
    for (owner, text) in get(documented, name, Any[])
        is_same_thing(m, owner, name) && push!(texts, text)
    end
    if isempty(texts)
        found = Core._isdefinedglobal(m, name) ? "No documentation found.\n\n`$name` is of type `$(typeof(getglobal(m, name)))`.\n" :
                "No documentation found.\n\nBinding `$name` does not exist.\n"
        return Documentation(found)
    end
    return Documentation(join(map(text -> endswith(text, "\n") ? text : string(text, "\n"), texts), "\n"))
end
function is_same_thing(m, owner, name)
    m === owner && return true
    Core._isdefinedglobal(m, name) && Core._isdefinedglobal(owner, name) || return false
    return getglobal(m, name) === getglobal(owner, name)
end
