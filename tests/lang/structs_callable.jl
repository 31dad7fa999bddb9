# Callable structs, functions with methods on types, parametric methods, return types.
struct Poly
    c::Vector{Float64}
end
(p::Poly)(x) = sum(c * x^(i - 1) for (i, c) in enumerate(p.c))
p = Poly([1, 2, 3])
println(p(2), " ", map(p, [0, 1]), " ", p.([0, 1]))
(p::Poly)() = p(1)
println(p())
struct Adder{T}
    n::T
end
(a::Adder{T})(x::S) where {T,S} = (a.n + x, T, S)
println(Adder(1)(2.0))
(::Type{Poly})(n::Int) = Poly(ones(n))
println(Poly(2).c)
f(x)::Int = x
println(f(2.0), typeof(f(2.0)))
try
    f(2.5)
catch e
    println(typeof(e))
end
function g(x)::String
    x > 0 && return "positive"
    return "other"
end
println(g(1), g(-1))
function h(x)::Union{Int,Nothing}
    x > 0 ? x : nothing
end
println(h(1), h(-1))
which_type(::Type{T}) where {T<:Integer} = "integer $T"
which_type(::Type{T}) where {T} = "other $T"
which_type(::Type{Vector{T}}) where {T} = "vector of $T"
println(which_type(Int8), which_type(String), which_type(Vector{Int}))
element(::AbstractArray{T,N}) where {T,N} = (T, N)
println(element([1]), element([1.0 2.0]))
pairwise(a::T, b::T) where {T} = "same"
pairwise(a, b) = "different"
println(pairwise(1, 2), pairwise(1, 2.0))
vals(::Val{:a}) = 1
vals(::Val{N}) where {N} = N
println(vals(Val(:a)), vals(Val(7)))
tup(t::Tuple{Vararg{Int}}) = "ints"
tup(t::Tuple) = "any"
tup(t::NTuple{2,String}) = "two strings"
println(tup((1, 2, 3)), tup((1, "a")), tup(("a", "b")), tup(()))
count_args(xs::Vararg{Int,2}) = "two"
count_args(xs::Int...) = length(xs)
println(count_args(1, 2), count_args(1), count_args())
outer(x::Vector{<:Real}) = "reals"
outer(x::Vector{>:Int}) = "super"
println(outer([1.5]), outer(Any[1]))
bounded(x::T, y::Vector{T}) where {Int <: T <: Real} = T
println(bounded(1, [2]))
s(x) where {} = x
println(s(3))
both(x::A, y::Vector{B}) where {B<:A} where {A} = (A, B)
println(both(1, [2]))
