# Inner and outer constructors.
struct Even
    n::Int64
    function Even(n)
        isodd(n) && throw(ArgumentError("odd: $n"))
        return new(n)
    end
end
println(Even(4).n)
try
    Even(3)
catch e
    println(e.msg)
end
struct Range2
    lo::Int64
    hi::Int64
    Range2(a, b) = a < b ? new(a, b) : new(b, a)
    Range2(a) = new(a, a)
end
println(Range2(5, 2), Range2(3))
struct Rect
    w::Float64
    h::Float64
end
Rect(side) = Rect(side, side)
Rect() = Rect(1)
println(Rect(2), Rect(), Rect(1, 2))
struct Typed{T}
    v::T
    Typed{T}(x) where {T} = new{T}(x)
    Typed(x::T) where {T} = new{T}(x)
end
println(Typed(1), Typed{Float64}(1))
mutable struct Lazy
    a::Int64
    b::Int64
    Lazy(a) = (z = new(a); z.b = 2a; z)
end
println(Lazy(4).b)
