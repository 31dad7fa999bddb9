# The methods that come closest to a call that fits none.
f(x::Int64; a=1, b...) = a
g(x, y::T, z::Vector{S}) where {T<:Real,S} = 1
h(::Int64, ::Any, ::Type{T}=Int64) where {T} = 2
k(x::Int64) = 1
k(x::String) = 2
k(x::Symbol) = 3
k(x::Float64, y) = 5
k(x::Number, y::Integer, z) = 6
three(a::Int64, b::Int64, c::Int64) = 1
collect_all(a::Int64, b::String...) = 1
function none end
struct Callable end
(c::Callable)(x::Int64) = x
struct Made
    x::Int64
    Made(x::Int64, y::String) = new(x)
end
attempt(call) = try
    call()
catch e
    showerror(stdout, e)
    println("\n--")
end
attempt(() -> f("a"))
attempt(() -> f(1, 2))
attempt(() -> g(1, "2", 3))
attempt(() -> h("a"))
attempt(() -> k(1, 2, 3, 4))
attempt(() -> k('c'))
attempt(() -> three(1, "b", 3))
attempt(() -> three(1))
attempt(() -> collect_all(1, "a", 2))
attempt(() -> collect_all("a"))
attempt(() -> none(1))
attempt(() -> Callable()("x"))
attempt(() -> Made(1))
attempt(() -> k(Int64))
attempt(() -> three([1], nothing, Dict{String,Int64}()))
