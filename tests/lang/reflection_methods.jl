# Lists of methods, and single ones, as they print.
f(x::Int64; a=1, b...) = a
g(x, y::T, z::Vector{S}...) where {T<:Real,S} = 1
h(::Int64, ::Any, ::Type{T}=Int64) where {T} = 2
struct P
    x::Int64
    P(s::String) = new(1)
end
(p::P)(a, b) = 1
k(x::Int64) = 1
k(x::String) = 2
k(x) = 3
k(x::Number) = 4
k(x::Float64, y) = 5
k() = 6
k(x::Symbol) = 7
module Other
import ..k
k(a, b, c; key) = 8
e() = 9
end
for list in (methods(f), methods(g), methods(h), methods(P), methods(P("a")), methods(k), methods(Other.e))
    println(list)
end
for m in (first(methods(g)), which(k, (Int64,)), which(k, (Int64, Int64, Int64)))
    println(m)
end
println(methods(k, (Int64,)))
function nothing_yet end
println(methods(nothing_yet))
println(length(methods(k)), " ", [m.line for m in methods(f)])
