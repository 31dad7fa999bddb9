# How floats of every width print.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for x in Any[1f0, 0.1f0, 1f10, 1f-10, 1.5f7, 123456f0, 1234567f0, 0.0001f0, 0.00001f0, -0f0, Inf32, -Inf32, NaN32, 3.4028235f38, 1f-45]
    println(x, " ", repr(x), " ", string(x), " ", [x], " ", (x,), " ", Float64(x))
end
for x in [1.5, 0.1, 1000, 100, 65504, 6e-8, 0.001, 1/3, 2048, -0.0, 12.34, 999]
    h = Float16(x)
    println(h, " ", repr(h), " ", [h], " ", Float32(h), " ", Float64(h), " ", bitstring(h))
end
println(Float16(1.5) + 1, " ", Float16(1) / 3, " ", Float16(1e10), " ", sqrt(Float16(2)), " ", Float16(0.1) < 0.1, " ", Float16(0.5) == 0.5, " ", Int(Float16(7)), " ", Inf16, " ", NaN16, " ", eps(Float16), " ", floatmax(Float16), " ", floatmin(Float16), " ", round(Float16(2.5)), " ", typeof(Float16(1) + 1f0), " ", typeof(Float16(1) + 1), " ", Float16(3) * Float16(0.1), " ", -Float16(2), " ", abs(Float16(-2)), " ", Float16(2)^2, " ", exp(Float16(1)), " ", nextfloat(Float16(1)), " ", Float16[1, 2.5], " ", hash(Float16(1)) == hash(1))
