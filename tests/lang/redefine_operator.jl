# Operators of a type: promotion rules and arithmetic come after code that uses them.
struct Meters
    v::Float64
end
add(a, b) = a + b
attempt(f) = try
    f()
catch e
    e isa MethodError ? "no method" : rethrow()
end
println(attempt(() -> add(Meters(1), Meters(2))))
Base.:+(a::Meters, b::Meters) = Meters(a.v + b.v)
println(attempt(() -> add(Meters(1), Meters(2))))
println(attempt(() -> add(Meters(1), 2)))
Base.:+(a::Meters, b::Number) = Meters(a.v + b)
println(attempt(() -> add(Meters(1), 2)))
Base.:+(a::Meters, b::Int64) = Meters(-1)
println(attempt(() -> add(Meters(1), 2)), " ", attempt(() -> add(Meters(1), 2.0)))
Base.:(==)(a::Meters, b::Meters) = true
println(Meters(1) == Meters(2), " ", Meters(1) != Meters(2), " ", Meters(1) in [Meters(5)])
