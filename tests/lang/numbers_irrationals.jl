# π and ℯ are constants of their own until they meet a float.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
using Base.MathConstants
for x in Any[pi, ℯ, γ, φ, catalan]
    println(x, " ", repr(x), " ", typeof(x), " ", Float64(x), " ", Float32(x), " ", 2x, " ", x + 1, " ", x * 1.0f0, " ", typeof(x + 1f0), " ", -x, " ", x / 2, " ", x^2, " ", sqrt(x), " ", x == Float64(x), " ", x < Float64(x), " ", x > Float64(x), " ", Float64(x, RoundUp) - Float64(x, RoundDown) > 0, " ", iszero(x), " ", isinteger(x), " ", floor(x), " ", [x, 1.0])
end
println(pi == pi, " ", pi == ℯ, " ", pi < ℯ, " ", pi < 22//7, " ", pi === π, " ", pi isa Irrational, " ", pi isa AbstractIrrational, " ", ℯ^2, " ", ℯ^1.5, " ", exp(1) == Float64(ℯ), " ", log(ℯ), " ", pi * im, " ", float(pi), " ", pi + ℯ, " ", pi * pi, " ", 3 < pi < 4, " ", convert(Float64, pi), " ", promote(pi, 1), " ", promote_type(typeof(pi), Float32), " ", round(pi, digits = 3), " ", string(pi))
