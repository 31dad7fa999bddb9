# Literals of all kinds.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for x in Any[1, 0x1, 0x01, 0x001, 0x00001, 0x000000001, 0x00000000000000001, 0b1, 0b101010101, 0o17, 0o7777777, 1_000_000, 9223372036854775807, 9223372036854775808, -9223372036854775808, 170141183460469231731687303715884105727, 1.0, 1., .5, 1e10, 1E-5, 1f0, 1.5f-3, 0x1p0, 0x1.8p3, 0x.8p-1, 1_0.2_5, Inf, NaN, Inf32, NaN32, Inf16]
    println(repr(x), " ", typeof(x))
end
x = 3
println(2x, " ", 2x^2, " ", -2x^2, " ", 2(x + 1), " ", (x)x, " ", 1.5x, " ", 2x + 1, " ", 2^2x, " ", 3im, " ", 2pi, " ", 0.5e1x, " ", √4x)
println(typeof(1 + 0x1), " ", typeof(0x1 + 0x0001), " ", typeof(true + true), " ", typeof(1 + true), " ", typeof(1f0 + 1), " ", typeof(1f0 + 1.0), " ", typeof(Int8(1) + Int16(1)), " ", typeof('a' + 1), " ", typeof(1//2 + 1), " ", typeof(1im + 1.0), " ", typeof(0x1 << 3), " ", typeof(~true), " ", typeof(-true), " ", typeof(-0x01))
