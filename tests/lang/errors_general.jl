# ErrorException, ArgumentError and their relatives; exceptions of a program.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

struct Mine <: Exception
    n::Int
end
struct Shown <: Exception
    text::String
end
Base.showerror(io::IO, e::Shown) = print(io, "Shown: ", e.text)
told(() -> error("a ", 1, ' ', :b))
told(() -> error("plain"))
told(() -> throw(ArgumentError("wrong")))
told(() -> throw(DimensionMismatch("2 and 3")))
told(() -> throw(Mine(3)))
told(() -> throw(Shown("text")))
told(() -> throw(42))
told(() -> throw("a string"))
told(() -> throw(:symbol))
told(() -> throw(nothing))
told(() -> throw((1, 2)))
told(() -> throw(EOFError()))
told(() -> throw(InterruptException()))
told(() -> throw(StackOverflowError()))
told(() -> throw(OutOfMemoryError()))
told(() -> throw(ErrorException("e")))
told(() -> throw(AssertionError("a")))
told(() -> throw(AssertionError()))
told(() -> throw(MissingException("m")))
told(() -> throw(LoadError("f.jl", 3, ErrorException("inner"))))
told(() -> parse(Int, "x"))
told(() -> parse(Float64, "1.x"))
told(() -> rethrow())
told(() -> @assert 1 == 2)
told(() -> @assert false "message")
told(() -> @assert 1 > 2 string("computed ", 3))
told(() -> throw(SystemError("opening file \"x\"", 2)))
told(() -> throw(SystemError("writing")))
told(() -> throw(CompositeException([ErrorException("a"), KeyError(2)])))
told(() -> throw(CompositeException([ErrorException("alone")])))
