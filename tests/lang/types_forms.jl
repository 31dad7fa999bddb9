# Types as values: unions, aliases, UnionAll, Type{T}, Vararg, static parameters.
println(Union{Int,String} === Union{String,Int}, " ", Union{} <: Int, " ", Union{Int} === Int)
println(Vector === Array{T,1} where {T}, " ", Vector{Int} <: Vector, " ", Vector{Int} <: Vector{Real}, " ", Vector{Int} <: Vector{<:Real})
println(Tuple{Int,String} <: Tuple{Any,Any}, " ", Tuple{Int,Int} <: Tuple{Vararg{Int}}, " ", NTuple{3,Int} === Tuple{Int,Int,Int})
println(Int isa Type{Int}, " ", Int isa Type{<:Integer}, " ", Int isa DataType, " ", Vector isa UnionAll)
println(Dict{Int} <: AbstractDict, " ", (Dict{Int,V} where {V}) == Dict{Int})
const Maybe{T} = Union{T,Nothing}
f(x::Maybe{Int}) = x === nothing ? "none" : "some"
println(f(1), f(nothing))
g(::Type{T}, x) where {T} = convert(T, x)
println(g(Float64, 1), g(Int, 2.0))
T = Int
println(Vector{T}([1, 2]), Array{T,2}(undef, 0, 0) |> size)
println(supertype(Int), " ", supertype(Signed), " ", supertype(Number), " ", supertype(Any))
println(typeof((1, "a")), " ", typeof([1.0]), " ", typeof(1 => 2), " ", typeof((a = 1,)))
println(typeof(Int), " ", typeof(Union{Int,String}), " ", typeof(Vector))
println(eltype([1, 2.5]), " ", eltype(Dict(1 => 'a')), " ", eltype("a"), " ", eltype((1, 2)))
println(isabstracttype(Real), isconcretetype(Int), isconcretetype(Vector), isabstracttype(Int))
println(typejoin(Int, Float64), " ", promote_type(Int, Float64))
abstract type Animal{T} end
struct Dog{T} <: Animal{T}
    x::T
end
println(Dog{Int} <: Animal{Int}, " ", Dog{Int} <: Animal, " ", Dog(1) isa Animal{Int}, " ", supertype(Dog{Int}))
sound(::Animal{T}) where {T} = T
println(sound(Dog("a")))
struct Mat{R,C,T}
    data::NTuple{R,T}
end
Mat{R,C}(t::NTuple{R,T}) where {R,C,T} = Mat{R,C,T}(t)
println(Mat{2,3}((1, 2)))
dims(::Mat{R,C}) where {R,C} = (R, C)
println(dims(Mat{2,3}((1, 2))))
println(fieldnames(Mat), fieldtypes(Dog{Int}))
h(x::T, ys::T...) where {T} = (T, length(ys))
println(h(1), h(1, 2, 3))
k(x::Union{T,Vector{T}}) where {T} = T
println(k([1]))
println(Val{3}() === Val(3), " ", Val{:a} <: Val)
println((Vector{T} where {T<:Real}){Int} === Vector{Int})
println(Int64 === Int, " ", UInt8 <: Unsigned, " ", Bool <: Integer, " ", Nothing <: Any)
struct Recursive
    children::Vector{Recursive}
end
count_nodes(r::Recursive) = 1 + mapreduce(count_nodes, +, r.children; init = 0)
println(count_nodes(Recursive([Recursive([]), Recursive([Recursive([])])])))
mutable struct Linked{T}
    value::T
    next::Union{Linked{T},Nothing}
end
l = Linked(1, Linked(2, nothing))
println(l.next.value, l.next.next)
println(typeof(x -> x) <: Function, " ", sin isa Function)
println(Tuple{Int,Vararg{String}} <: Tuple{Int,Vararg}, " ", (1, "a", "b") isa Tuple{Int,Vararg{String}}, " ", (1, 2) isa Tuple{Int,Vararg{String}})
println(Ref{Int} <: Ref, " ", Type{Int} <: Type, " ", Type{Int} <: DataType)
println([1, 2] isa AbstractVector{<:Integer}, " ", "a" isa AbstractString, " ", :a isa Symbol)
