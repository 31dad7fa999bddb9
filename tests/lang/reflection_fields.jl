# Questions about fields of types and of objects.
struct P
    x::Int64
    y::Float64
end
mutable struct M{T}
    a::T
    b::Vector{T}
    c
    M{T}(a) where {T} = new{T}(a)
end
struct Empty end
println(fieldnames(P), " ", fieldtypes(P), " ", fieldcount(P), " ", fieldname(P, 2))
println(fieldnames(M), " ", fieldtypes(M{Int64}), " ", fieldtype(M{String}, :b), " ", fieldtype(M{String}, 3))
println(fieldcount(Empty), " ", fieldnames(Empty), " ", fieldcount(Tuple{Int64,String}))
println(fieldoffset(P, 1), " ", fieldoffset(P, 2))
m = M{Int64}(3)
println(isdefined(m, :a), " ", isdefined(m, :b), " ", isdefined(m, 3), " ", isdefined(m, :nothing_such))
setfield!(m, :c, "text")
println(getfield(m, :c), " ", getfield(m, 1), " ", nfields(m), " ", nfields(P(1, 2)))
for ask in (() -> getfield(P(1, 2), :z), () -> getfield(P(1, 2), 3), () -> setfield!(m, :a, "no"), () -> m.b, () -> setfield!(P(1, 2), :x, 3))
    try
        ask()
        println("no error")
    catch e
        println(typeof(e))
    end
end
println(propertynames(P(1, 2)), " ", hasproperty(P(1, 2), :x), " ", hasproperty(P(1, 2), :w))
println(getproperty(P(1, 2), :y), " ", setproperty!(m, :a, 4.0), " ", m.a)
println(hasfield(P, :x), " ", hasfield(P, :q))
println(fieldnames(typeof((a=1, b="x"))), " ", propertynames((a=1, b="x")))
