# Types with parameters, variables and values in them.
println(Vector{T} where T<:Real, " ", Vector{<:Real}, " ", Array{Int}, " ", Array{<:Any,3}, " ", Dict{String,V} where V, " ", Dict{K,Int} where K)
println(Dict{K,V} where {K<:Integer,V}, " ", AbstractVector{Int}, " ", AbstractMatrix, " ", AbstractArray{Float64,3}, " ", Vector{Vector{T}} where T)
println(NamedTuple{(:a, :b),Tuple{Int,String}}, " ", typeof((x = 1,)), " ", NamedTuple{(:a,)}, " ", NamedTuple, " ", typeof(NamedTuple()), " ", NamedTuple{(:a,),Tuple{Any}})
println(Val{1}, " ", Val{:a}, " ", Val{(1, :b)}, " ", Val{true}, " ", Val{0x01}, " ", Val{'c'}, " ", Val{1.5}, " ", Val{Symbol("a b")}, " ", Val{Int8(3)})
println(Type{Int}, " ", Type{<:Real}, " ", Type{T} where T<:Real, " ", Tuple{}, " ", Tuple, " ", NTuple{5,Int}, " ", NTuple{2,Int}, " ", Tuple{Vararg{Any}})
println(Union{}, " ", Union{Int,Nothing}, " ", Union{Missing,Float64}, " ", Union{Vector{Int},Int}, " ", Pair{Int,Vector{String}})
println(Base.RefValue{Int}, " ", UnitRange{Int}, " ", Rational{Int8}, " ", typeof(1:2:3), " ", Set{Tuple{Int,Int}})
println(TypeVar(:T), " ", TypeVar(:T, Real), " ", TypeVar(:T, Int, Real))
struct Box{T,N} end
println(Box, " ", Box{Int}, " ", Box{Int,2}, " ", Box{T,2} where T, " ", Box{<:Real,2}, " ", Box{<:Any,2}, " ", Box{T,N} where {T<:Real,N})
module Inner
struct Hidden{T} end
end
println(Inner.Hidden{Int}, " ", Inner.Hidden, " ", typeof(sin), " ", [Inner.Hidden{Int}()], " ", Vector{Inner.Hidden})
