# Declarations of types, `where`, `::`.
for x in [:(x::Int), :(::Int), :(x::Int = 3), :((a + b)::C), :(a::B + c), :(f(x::T) where T), :(f(::Type{T}) where {T <: A}),
          :(f() where {T,S}), :(A{T} where T), :(x::(Vector{T} where T)), :(Tuple{Int,Vararg{T}} where T), :(Union{A,B}),
          :(f(x::Int)::Int), :(T where T <: Int), :(a.b::c), :(x <: y <: z)]
    println(x)
end
for x in [:(struct A end), :(struct A{T<:Real} <: B{T}; x::T; y; end), :(mutable struct A; x::Int; A() = new(); end),
          :(abstract type A end), :(abstract type A{T} <: B{T} end), :(primitive type A <: B 16 end)]
    println(Base.remove_linenums!(x))
end
