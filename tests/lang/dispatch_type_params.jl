# Static parameters in every position of a signature.
f(x::Vector{T}) where {T} = T
f(x::Matrix{T}) where {T<:Real} = (T, "matrix")
f(x::Dict{K,V}) where {K,V} = (K, V)
f(x::Type{T}) where {T<:Number} = (T, "type")
f(x::Tuple{A,B}) where {A,B} = (A, B)
f(x::NTuple{N,T}) where {N,T} = (N, T)
f(x::Val{X}) where {X} = X
f(x::Union{T,Nothing}, y::T) where {T} = T
f(x::Pair{<:Integer,T}) where {T} = T
println(f([1]), f([1.0 2.0]), f(Dict("a" => 1)), f(Int8), f((1, "a")), f((1, 2, 3)), f(Val(:v)), f(nothing, 2.5), f(1 => 'c'))
g(x::AbstractVector{<:AbstractString}) = "strings"
g(x::AbstractVector{<:Number}) = "numbers"
g(x::AbstractVector) = "others"
println(g(["a"]), g([1]), g(1:2), g([:a]), g(Any[1]), g(SubString{String}[]))
struct Box{T,N}
    x::T
end
Box{N}(x::T) where {T,N} = Box{T,N}(x)
h(b::Box{T,N}) where {T,N} = (T, N)
h(b::Box{T,0}) where {T} = "zero $T"
h(b::Box{<:AbstractString}) = "text"
println(h(Box{3}(1)), h(Box{0}(1)), h(Box{:a}("s")))
k(x::T, y::Vector{S}) where {T,S<:T} = "S<:T"
k(x, y) = "no"
println(k(1, [2]), k(1, ["a"]))
same(x::T, y::T) where {T<:Number} = "same number $T"
same(x::Number, y::Number) = same(promote(x, y)...)
same(x, y) = "not numbers"
println(same(1, 2), same(1, 2.5), same("a", 1))
make(::Type{Vector{T}}, n) where {T} = zeros(T, n)
make(::Type{T}, n) where {T} = fill(zero(T), n)
println(make(Vector{Int8}, 2), make(Float64, 1))
inner(::Type{<:AbstractArray{T,N}}) where {T,N} = (T, N)
println(inner(Vector{Int}), inner(Matrix{String}))
count_params(::Type{Tuple{A}}) where {A} = 1
count_params(::Type{Tuple{A,B}}) where {A,B} = 2
println(count_params(Tuple{Int}), count_params(Tuple{Int,Int}))
function body_uses(x::T) where {T<:Integer}
    y = T(5)
    v = T[1, 2]
    return typemax(T) - y, eltype(v), T === Int8
end
println(body_uses(Int8(1)), body_uses(1))
closure_param(x::T) where {T} = (y -> y isa T)
println(closure_param(1)(2), closure_param(1)("a"))
recursive(x::Tuple{}) = 0
recursive(x::Tuple) = 1 + recursive(Base.tail(x))
println(recursive((1, 2, 3)))
default_param(x::T, n::Type{S} = T) where {T,S} = (T, S)
println(default_param(1), default_param(1, String))
op(::typeof(+)) = "plus"
op(::typeof(*)) = "times"
op(::Function) = "function"
println(op(+), op(*), op(sin))
