# Inner constructors, partial initialisation, parametric new, outer constructors, const fields.
struct Even
    n::Int
    function Even(n)
        isodd(n) && throw(ArgumentError("odd"))
        return new(n)
    end
end
println(Even(4))
try
    Even(3)
catch e
    println(e)
end
mutable struct Node
    value::Int
    next::Node
    Node(v) = new(v)
    Node(v, n) = new(v, n)
end
a = Node(1)
println(isdefined(a, :next))
try
    a.next
catch e
    println(e)
end
b = Node(2, a)
b.next.value = 10
println(b.next.value, a.value)
struct Wrap{T}
    x::T
    Wrap{T}(x) where {T} = new{T}(x)
    Wrap(x::T) where {T<:Integer} = new{T}(x)
    Wrap(x::AbstractString) = new{String}(string(x))
end
println(Wrap(1), Wrap("a"), Wrap{Float64}(1))
try
    Wrap(1.5)
catch e
    println(typeof(e))
end
struct Pt{T<:Real}
    x::T
    y::T
end
Pt(x, y) = Pt(promote(x, y)...)
Pt{T}() where {T} = Pt{T}(zero(T), zero(T))
println(Pt(1, 2.5), Pt{Int}(), Pt{Float64}(1, 2))
try
    Pt("a", "b")
catch e
    println(typeof(e))
end
try
    Pt{String}("a", "b")
catch e
    println(typeof(e))
end
mutable struct Empty end
println(Empty() === Empty(), Empty() isa Empty)
struct Single end
println(Single() === Single())
mutable struct Defaults
    a::Int
    b
    Defaults(a; b = "none") = new(a, b)
end
d = Defaults(1)
d.a = 2.0
println(d.a, d.b, typeof(d.a))
try
    d.a = 1.5
catch e
    println(typeof(e))
end
try
    Even(2).n = 5
catch e
    println(e isa ErrorException)
end
struct Ring
    items::Vector{Int}
    Ring(xs...) = new(collect(Int, xs))
end
println(Ring(1, 2, 3).items)
struct Tree
    left::Union{Tree,Nothing}
    right::Union{Tree,Nothing}
    key::Int
end
depth(::Nothing) = 0
depth(t::Tree) = 1 + max(depth(t.left), depth(t.right))
println(depth(Tree(Tree(nothing, nothing, 1), nothing, 2)))
struct Splat
    a
    b
    Splat(t::Tuple) = new(t...)
end
println(Splat((1, "b")))
abstract type Shape end
struct Square <: Shape
    s::Float64
end
struct Rect <: Shape
    w::Float64
    h::Float64
end
area(s::Square) = s.s^2
area(r::Rect) = r.w * r.h
println(sum(area, Shape[Square(2), Rect(2, 3)]))
const Pair2{T} = Pair{T,T}
println(Pair2{Int}(1, 2), Pair{Int,Int} === Pair2{Int})
const IntDict{V} = Dict{Int,V}
println(IntDict{String}() isa Dict{Int,String})
