# convert, and where it is called.
println(convert(Float64, 1), " ", convert(Int64, 3.0), " ", convert(Any, "x"), " ", convert(Union{Int64,Nothing}, nothing))
v = Float64[]
push!(v, 1)
println(v, " ", Float64[1, 2], " ", Int64[1.0])
struct Celsius
    deg::Float64
end
Base.convert(::Type{Celsius}, x::Real) = Celsius(x)
list = Celsius[1, 2.5]
push!(list, 3)
println(list)
f(x)::Celsius = x
println(f(7))
mutable struct Holder
    c::Celsius
end
h = Holder(5)
h.c = 6
println(h)
function local_typed()
    x::Celsius = 8
    return x
end
println(local_typed())
println(Int64(3.0), " ", Float64(2), " ", float(3), " ", Int64('a'), " ", Char(98), " ", string(12), " ", Int64(true), " ", Float32(1.5), " ", UInt8(65))
println(promote_type(Int64, Float64), promote_type(Int8, Int16), promote_type(Int64, String), promote(1, 2.0, 3))
println([1, 2.0], [1, nothing], typeof([1, nothing]), typeof(Union{Int64,Nothing}[1]))
