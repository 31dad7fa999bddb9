# Types with parameters.
struct Pair2{A,B}
    a::A
    b::B
end
p = Pair2(1, "x")
println(p, " ", typeof(p), " ", Pair2{Float64,Any}(1, 2))
println(p isa Pair2, p isa Pair2{Int64}, p isa Pair2{Int64,String}, p isa Pair2{Any,Any}, p isa Pair2{<:Integer})
struct Sized{N,T<:Real}
    v::T
end
println(Sized{3,Float64}(1), " ", typeof(Sized{2,Int64}(5)))
size_of(::Sized{N}) where {N} = N
println(size_of(Sized{7,Int64}(1)))
try
    Sized{1,String}("a")
catch e
    println(typeof(e))
end
abstract type Shape{T} end
struct Circle{T} <: Shape{T}
    r::T
end
area(s::Shape{T}) where {T<:AbstractFloat} = "float area"
area(s::Shape) = "other area"
println(area(Circle(1.0)), ", ", area(Circle(1)))
println(Circle{Int64} <: Shape{Int64}, Circle{Int64} <: Shape{Any}, Circle{Int64} <: Shape{<:Any})
const IntBox = Pair2{Int64,Int64}
println(IntBox(1, 2))
Alias{T} = Pair2{T,T}
println(Alias{Int64}(3, 4), " ", Alias{Int64} === IntBox)
mutable struct Node{T}
    value::T
    next::Union{Node{T},Nothing}
end
n = Node(1, Node(2, nothing))
println(n.next.value, " ", typeof(n))
