# Integers to whole powers, wrapping around; negative powers need a float.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[true, Int8(-7), UInt8(200), Int16(-300), UInt16(3), Int32(70000), UInt32(5), 12, -1, UInt64(2)^63, Int128(-10)^20, UInt128(7)]
for x in values, n in (0, 1, 2, 3, 10, 63, UInt8(4), Int8(5))
    attempt(^, x, n)
end
for n in (-1, -2, -3)
    println(2.0^n, " ", (1//2)^n, " ", 1^n, " ", (-1)^n, " ", Float32(0.5)^n)
end
println(2^-1, " ", 2^-2, " ", 4^-1, " ", 10^-3, " ", (-2)^-3, " ", 0^-1)
println(2^0, " ", 2^1, " ", 2.5^2, " ", 2.5^3, " ", 1.1^10, " ", 2^0.5, " ", 10^0.5, " ", 0.5^-1, " ", 3.0^-2)
println((-8.0)^3, " ", (-2.0)^-3, " ", 0.0^0, " ", Inf^0, " ", NaN^0, " ", 1^Inf, " ", 0.0^-1, " ", (-0.0)^3, " ", 2^1000, " ", 2.0^1000)
attempt(^, -8.0, 0.5)
attempt(^, -8.0f0, 0.5f0)
attempt(^, -2, 0.5)
