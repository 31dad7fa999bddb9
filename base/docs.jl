# Docstrings: the text written before a definition, kept under its name, and `@doc` to see it.

# Texts by name and module, in the order written.
const documented = Dict{Symbol,Vector{Any}}()

# What `"text" definition` and `@doc "text" definition` evaluate first.
# The text of a struct is followed by fields' names and texts.
function document!(m, name, text, fields...)
    m isa Module || (m = Base)
    entries = get!(() -> Any[], documented, name)
    push!(entries, (m, string(text)))
    for i in 1:2:length(fields)
        field_entries = get!(() -> Any[], documented_fields, name)
        push!(field_entries, (m, fields[i], string(fields[i + 1])))
    end
    return nothing
end
# Texts of fields by the name of the type: module, field, text.
const documented_fields = Dict{Symbol,Vector{Any}}()

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
# `@doc T.field`.
function documentation(T::Type, field::Symbol)
    name = nameof(T)
    for (owner, documented_field, text) in get(documented_fields, name, Any[])
        documented_field === field && is_same_thing(parentmodule(T), owner, name) || continue
        return Documentation(endswith(text, "\n") ? text : string(text, "\n"))
    end
    of_type = hasfield(T, field) ? string("is of type `", fieldtype(T, field), "`") : "does not exist"
    return Documentation(string("No documentation found.\n\nField `", field, "` of `", T, "` ", of_type, ".\n"))
end
documentation(x, field::Symbol) = throw(MethodError(documentation, (x, field)))
function is_same_thing(m, owner, name)
    m === owner && return true
    Core._isdefinedglobal(m, name) && Core._isdefinedglobal(owner, name) || return false
    return getglobal(m, name) === getglobal(owner, name)
end
