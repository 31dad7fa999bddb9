# What kind of type it is.
abstract type A end
struct S <: A
    x::Int64
end
mutable struct V
    x::Int64
end
struct G{T}
    x::T
end
primitive type Bits16 16 end
for T in (A, S, V, G, G{Int64}, G{String}, Bits16, Int64, Real, Union{Int64,String}, Vector{Int64}, String, Tuple{Int64}, Nothing)
    println(rpad(string(T), 24), isabstracttype(T) ? "abstract " : "", isconcretetype(T) ? "concrete " : "",
            isbitstype(T) ? "bits " : "", isprimitivetype(T) ? "primitive " : "", isstructtype(T) ? "struct" : "")
end
println(isbits(1), " ", isbits("s"), " ", isbits((1, 2.0)), " ", isbits(S(1)), " ", isbits(V(1)), " ", isbits(G("s")))
println(isimmutable(S(1)), " ", isimmutable(V(1)), " ", isimmutable([1]), " ", isimmutable(1))
println(supertype(S), " ", supertype(A), " ", supertype(Int64), " ", supertype(G{Int64}))
println(nameof(G), " ", nameof(G{Int64}), " ", parentmodule(S) === Main, " ", Base.unwrap_unionall(G) isa DataType)
println(eltype([1]), " ", eltype(Dict(1 => "a")), " ", keytype(Dict(1 => "a")), " ", valtype(Dict(1 => "a")))
println(promote_type(Int64, Float64), " ", promote_type(Int8, Int64), " ", promote_type(Int64, String))
println(typejoin(Int64, Float64), " ", typejoin(Int64, Int8), " ", typejoin(S, V))
println(typeof(S), " ", typeof(G), " ", typeof(Union{Int64,String}), " ", typeof(Union{}))
println(G{Int64}.parameters, " ", G{Int64}.name.name, " ", length(Tuple{Int64,Int8}.parameters))
