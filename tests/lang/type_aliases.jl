# Types print by the names programs give them with `const`, and by the exported ones of their modules.

abstract type Shape{T} end
struct Point{T<:Real,N} <: Shape{T}
    at::NTuple{N,T}
end
struct Pairing{A,B}
    a::A
    b::B
end
const Point2{T} = Point{T,2}
const Place = Point{Float64,3}
const Flipped{A,B} = Pairing{B,A}
const Same{A} = Pairing{A,A}
const IntList = Vector{Int}
const AnyShape = Union{Point{Int,1},Pairing{Int,Int}}

module Geometry
export Flat, Solid
struct Body{T,N} end
const Flat{T} = Body{T,2}
const Solid = Body{Int,3}
const Hidden = Body{Int,4}
end

struct Twice{T} end
const First{T} = Twice{T}
const Second{T} = Twice{Vector{T}}
const Third{T} = Twice{Vector{T}}

f(p::Point2{T}) where {T} = 1
g(p::Point{T,N}, q::T) where {T<:Integer,N} = 2

function (@main)(args)
    println(Point2{Int}, " ", Point{Int,3}, " ", Place, " ", Point2, " ", Point, " ", Point{Float64})
    println(Pairing{Int,String}, " ", Pairing{Int,Int}, " ", Same)
    println(IntList, " ", Vector{IntList}, " ", Vector{Point2{Float64}})
    println(AnyShape, " ", Union{Point{Int,1},Nothing}, " ", Union{Nothing,Missing,Int})
    println(Geometry.Flat{Int}, " ", Geometry.Solid, " ", Geometry.Hidden, " ", Geometry.Body{Int,5})
    println(First{Int}, " ", Second{Int})
    println(BitVector, " ", BitMatrix, " ", BitArray{3}, " ", typeof(trues(2)), " ", AbstractVector{Int}, " ", ComplexF64)
    println(Union{Vector{Int},Matrix{Int}}, " ", VecOrMat, " ", Union{AbstractVector{Real},AbstractMatrix{Real}})
    println(Point2{Int}((1, 2)))
    println(Base.unwrap_unionall(Point), " ", Base.unwrap_unionall(Pairing), " ", Point.var)
    println(Vector{T} where T<:Real, " ", Pairing{T,Vector{T}} where {T>:Int}, " ", Pairing{Vector{T} where T<:Integer,T} where T)
    println(first(split(string(first(methods(f))), " @")))
    println(first(split(string(first(methods(g))), " @")))
    try
        f(3)
    catch e
        println(sprint(showerror, e))
    end
    return 0
end
