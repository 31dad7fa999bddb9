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

# No character has this code point.
struct CodePointError{T} <: Exception
    code::T
end

error(s::AbstractString) = throw(ErrorException(s))
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
    print(io, "DomainError with ", e.val)
    isdefined(e, :msg) && print(io, ":\n", e.msg)
end
function showerror(io, e::InexactError)
    print(io, "InexactError: ", e.func, "(")
    # A constructor's name says the type already.
    if e.func !== nameof_type(e.T)
        show(io, e.T)
        print(io, ", ")
    end
    print(io, e.val, ")")
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
        print(io, "in ", e.func)
        e.context == "" || print(io, e.func === Symbol("keyword argument") ? " " : ", in ", e.context)
        print(io, ", expected ", e.expected, ", got ")
        e.got isa Type ? print(io, "Type{", e.got, "}") : print(io, "a value of type ", typeof(e.got))
    end
end
showerror(io, e::CodePointError) = print(io, "Base.CodePointError{", typeof(e.code), "}(", repr(e.code), ")")
showerror(io, e::InvalidCharError) = print(io, "Base.InvalidCharError{", typeof(e.char), "}(", repr(e.char), ")")
showerror(io, e::AssertionError) = print(io, "AssertionError: ", e.msg)
showerror(io, e::UndefKeywordError) = print(io, "UndefKeywordError: keyword argument `", e.var, "` not assigned")
function showerror(io, e::StringIndexError)
    print(io, "StringIndexError: invalid index [", e.index, "]")
    s = e.string
    if 1 <= e.index && e.index <= ncodeunits(s)
        from = thisind(s, e.index)
        print(io, ", valid nearby ind")
        after = nextind(s, from)
        if after <= ncodeunits(s)
            print(io, "ices [", from, "]=>", repr(s[from]), ", [", after, "]=>", repr(s[after]))
        else
            print(io, "ex [", from, "]=>", repr(s[from]))
        end
    end
end
showerror(io, e) = show(io, e)
showerror(e) = showerror(stdout, e)

# The error text as a string: what the run-time system prints for an uncaught exception.
error_text(e) = sprint(showerror, e)
