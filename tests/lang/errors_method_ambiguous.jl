# Calls that several methods match equally well.
f(a::Int64, b) = 1
f(a, b::Int64) = 2
g(x::Integer, y::Any, z::Real) = 1
g(x::Any, y::String, z::Any) = 2
struct T1 end
T1(a::Int64, b) = 1
T1(a, b::Int64) = 2
attempt(call) = try
    call()
catch e
    showerror(stdout, e)
    println("\n--")
end
attempt(() -> f(1, 2))
attempt(() -> g(1, "a", 2.0))
attempt(() -> T1(1, 2))
