# @kwdef: keyword constructors with defaults.
Base.@kwdef struct Opts
    a::Int = 1
    b::String
    c::Float64 = 2.5
end
o = Opts(b = "x")
println(o.a, o.b, o.c)
println(Opts(b = "y", a = 7).a)
Base.@kwdef mutable struct M
    x = 1
    y = x + 1
end
m = M()
println(m.x, m.y)
println(M(x = 10).y)
m.x = 5
println(m.x)
Base.@kwdef struct Par{T}
    v::T
    n::Int = 0
end
println(Par(v = 1.5).v, " ", Par{Int}(v = 3).n, " ", typeof(Par(v = "s")))
abstract type Sup end
Base.@kwdef struct Sub <: Sup
    k::Int = 9
end
println(Sub().k, " ", Sub() isa Sup)
try
    Opts()
catch e
    println(typeof(e))
end
println(Opts(1, "z", 3.0).b)
