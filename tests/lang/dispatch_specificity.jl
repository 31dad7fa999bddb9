# The most specific method wins, whatever the order of definition.
f(x) = "any"
f(x::Int64) = "Int64"
f(x::Integer) = "Integer"
f(x::Number) = "Number"
f(x::AbstractString) = "text"
f(x::Union{Float32,Float64}) = "float"
f(x::Nothing) = "nothing"
for x in (1, 0x01, 1.0, 1f0, "s", 'c', nothing, :s, true)
    println(f(x))
end
g(a, b) = "any any"
g(a::Int64, b) = "int any"
g(a, b::Int64) = "any int"
g(a::Int64, b::Int64) = "int int"
println(g(1, 1), ", ", g(1, "x"), ", ", g("x", 1), ", ", g("x", "y"))
