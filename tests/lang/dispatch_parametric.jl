# Type parameters in signatures.
f(x::T, y::T) where {T} = "same $T"
f(x, y) = "different"
println(f(1, 2), ", ", f(1, 2.0), ", ", f("a", "b"))
g(v::Vector{T}) where {T} = T
println(g([1, 2]), " ", g(["a"]), " ", g(Any[1]))
h(v::Vector{T}) where {T<:Number} = "numbers"
h(v::Vector) = "other"
println(h([1]), " ", h([1.5]), " ", h(["a"]))
struct Box{T}
    value::T
end
unbox(b::Box{T}) where {T} = (b.value, T)
unbox(b::Box{Int64}) = "int box"
println(unbox(Box(1)), " ", unbox(Box("a")))
k(::Type{Int64}) = "the type Int64"
k(::Type{T}) where {T<:AbstractFloat} = "a float type"
k(::Type) = "a type"
k(x) = "a value"
println(k(Int64), ", ", k(Float64), ", ", k(String), ", ", k(3))
d(::Val{1}) = "one"
d(::Val{N}) where {N} = "val $N"
println(d(Val(1)), " ", d(Val(:x)))
t(x::Tuple{A,B}) where {A,B} = (A, B)
println(t((1, "a")))
same(a::Vector{T}, b::T) where {T} = true
same(a, b) = false
println(same([1], 2), same([1], 2.0))
