# Unions in signatures.
f(x::Union{Int64,String}) = "int or string"
f(x::Union{Nothing,Char}) = "nothing or char"
f(x) = "other"
println(f(1), ", ", f("a"), ", ", f(nothing), ", ", f('a'), ", ", f(1.0))
g(x::Union{Int64,Float64}, y::Union{Int64,Float64}) = x + y
println(g(1, 2.5), " ", g(1, 2))
h(x::T, y::T) where {T<:Union{Int64,String}} = "same"
h(x, y) = "different"
println(h(1, 2), " ", h("a", "b"), " ", h(1, "a"), " ", h(1.0, 2.0))
