# Types: an equal declaration is accepted, any other is an error, and the old type stays.
struct P
    x::Int64
end
struct P
    x::Int64
end
println(P(1))
struct Q{T} <: Real
    a::T
end
struct Q{T} <: Real
    a::T
end
function failing(declaration)
    try
        eval(declaration)
        println("accepted")
    catch e
        println(e.msg)
    end
end
failing(:(struct P; x::Float64; end))
failing(:(struct P; x::Int64; y::Int64; end))
failing(:(mutable struct P; x::Int64; end))
failing(:(struct P <: Number; x::Int64; end))
failing(:(struct Q{T} <: Number; a::T; end))
failing(:(struct Q{T,S} <: Real; a::T; end))
abstract type A end
abstract type A end
failing(:(abstract type A <: Real end))
failing(:(struct A end))
primitive type B 8 end
primitive type B 8 end
failing(:(primitive type B 16 end))
println(P(2), " ", Q(3).a, " ", A, " ", B)
