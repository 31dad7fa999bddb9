# Exceptions that nothing in the language itself raises: programs and libraries throw them.

struct EOFError <: Exception end
showerror(io::IO, ::EOFError) = print(io, "EOFError: read end of file")

struct MissingException <: Exception
    msg::AbstractString
end
showerror(io::IO, e::MissingException) = print(io, "MissingException: ", e.msg)

# What the operating system refused: what was tried, and the system's number for the reason.
struct SystemError <: Exception
    prefix::AbstractString
    errnum::Int32
    extrainfo::Any
end
SystemError(prefix::AbstractString, errnum::Integer) = SystemError(prefix, errnum, nothing)
SystemError(prefix::AbstractString) = SystemError(prefix, 0, nothing)
function showerror(io::IO, e::SystemError)
    reason = e.errnum == 0 ? "Success" : e.errnum == 2 ? "No such file or directory" : string("error ", e.errnum)
    print(io, "SystemError: ", e.prefix, e.extrainfo === nothing ? "" : string(" (", e.extrainfo, ")"), ": ", reason)
end

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
