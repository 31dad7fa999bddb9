# Exceptions that the core does not have, and ways to throw.

struct DimensionMismatch <: Exception
    msg
end

struct KeyError <: Exception
    key
end

struct StringIndexError <: Exception
    string
    index::Int64
end

error(s::String) = throw(ErrorException(s))
error(parts...) = throw(ErrorException(string(parts...)))

rethrow() = Core._rethrow()
rethrow(e) = Core._rethrow(e)

# The text after `ERROR: ` for an exception nobody caught.
showerror(io, e::ErrorException) = print(io, e.msg)
showerror(io, e::ArgumentError) = print(io, "ArgumentError: ", e.msg)
showerror(io, e::DimensionMismatch) = print(io, "DimensionMismatch: ", e.msg)
showerror(io, e::KeyError) = (print(io, "KeyError: key "); show(io, e.key); print(io, " not found"))
showerror(io, e::DivideError) = print(io, "DivideError: integer division error")
showerror(io, e::StackOverflowError) = print(io, "StackOverflowError:")
showerror(io, e::OutOfMemoryError) = print(io, "OutOfMemoryError()")
showerror(io, e::InterruptException) = print(io, "InterruptException:")
showerror(io, e::UndefRefError) = print(io, "UndefRefError: access to undefined reference")
showerror(io, e::UndefVarError) = print(io, "UndefVarError: `", e.var, "` not defined")
showerror(io, e::OverflowError) = print(io, "OverflowError: ", e.msg)
function showerror(io, e::DomainError)
    print(io, "DomainError with ")
    show(io, e.val)
    print(io, ":\n", e.msg)
end
function showerror(io, e::InexactError)
    print(io, "InexactError: ", e.func, "(")
    if e.T !== nothing && e.T !== nameof_type(e.T)
        show(io, e.T)
        print(io, ", ")
    end
    show(io, e.val)
    print(io, ")")
end
function showerror(io, e::BoundsError)
    print(io, "BoundsError")
    if isdefined(e, :a)
        print(io, ": attempt to access ", summary(e.a))
        if isdefined(e, :i)
            print(io, " at index [")
            show_index(io, e.i)
            print(io, "]")
        end
    end
end
show_index(io, i) = show(io, i)
function show_index(io, t::Tuple)
    for k in 1:length(t)
        k > 1 && print(io, ", ")
        show(io, t[k])
    end
end
function showerror(io, e::TypeError)
    print(io, "TypeError: ")
    if e.expected === Bool
        print(io, "non-boolean (", typeof(e.got), ") used in boolean context")
    else
        print(io, "in ", e.func, ", ")
        e.context == "" || print(io, "in ", e.context, ", ")
        print(io, "expected ", e.expected, ", got ")
        e.got isa Type ? print(io, "Type{", e.got, "}") : print(io, "a value of type ", typeof(e.got))
    end
end
function showerror(io, e::MethodError)
    print(io, "MethodError: no method matching ", e.f, "(")
    for k in 1:length(e.args)
        k > 1 && print(io, ", ")
        print(io, "::", typeof(e.args[k]))
    end
    print(io, ")")
end
showerror(io, e) = show(io, e)

# The error text as a string: what the run-time system prints for an uncaught exception.
error_text(e) = sprint(showerror, e)
