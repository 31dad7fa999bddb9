# Exceptions that nothing in the language itself raises: programs and libraries throw them.

struct EOFError <: Exception end
showerror(io::IO, ::EOFError) = print(io, "EOFError: read end of file")

struct ReadOnlyMemoryError <: Exception end

struct MissingException <: Exception
    msg::AbstractString
end
showerror(io::IO, e::MissingException) = print(io, "MissingException: ", e.msg)

# Several exceptions at once.
struct CompositeException <: Exception
    exceptions::Vector{Any}
end
CompositeException() = CompositeException(Any[])
length(e::CompositeException) = length(e.exceptions)
isempty(e::CompositeException) = isempty(e.exceptions)
push!(e::CompositeException, exception) = (push!(e.exceptions, exception); e)
iterate(e::CompositeException, state...) = iterate(e.exceptions, state...)
function showerror(io::IO, e::CompositeException)
    isempty(e) && return print(io, "CompositeException()\n")
    showerror(io, e.exceptions[1])
    more = length(e) - 1
    more > 0 && print(io, "\n\n...and ", more, " more exception", more > 1 ? "s" : "", ".\n")
    return nothing
end

# An exception kept with its trace.
struct CapturedException <: Exception
    ex::Any
    processed_bt::Any
end
showerror(io::IO, e::CapturedException) = showerror(io, e.ex, e.processed_bt)
