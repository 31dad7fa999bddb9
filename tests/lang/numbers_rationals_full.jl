# Fractions: arithmetic, order, rounding, conversion.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[1//2, -3//4, 5//1, 0//1, 7//12, 22//7, Int8(3)//Int8(5), 2, -1, true, 0.5]
for f in (+, -, *, //, <, <=, ==, div, mod, rem, fld, cld, isless, min)
    println(f)
    for x in values, y in values
        (f === (//) && (x isa Float64 || y isa Float64)) && continue
        f in (div, mod, rem, fld, cld) && (y == 0 || x isa Float64 || y isa Float64) && continue
        (x isa Rational || y isa Rational) && attempt(f, x, y)
    end
end
for x in values
    x isa Rational || continue
    for f in (-, inv, abs, sign, float, round, floor, ceil, trunc, numerator, denominator, iszero, isinteger, signbit, string, x -> x^2, x -> x^-2, x -> round(Int, x), x -> x^3)
        attempt(f, x)
    end
end
println(1//0, " ", -1//0, " ", 1//0 > 5, " ", float(1//0), " ", Rational(0.5), " ", Rational(0.1), " ", rationalize(0.1), " ", rationalize(3.14159, tol = 0.001), " ", Rational{Int8}(0.25), " ", 3 // 6, " ", 6//-4, " ", typeof(1//Int8(2)), " ", convert(Rational{Int}, 3), " ", Int(4//2), " ", Float32(1//3), " ", 1//3 + 0.5, " ", 2^(1//2), " ", (1//2)^0.5)
attempt(//, 0, 0)
attempt(Int, 1//2)
attempt(+, typemax(Int)//1, 1//1)
attempt(*, typemax(Int)//2, 3//5)
attempt(/, 1//2, 0//1)
attempt(div, 1//2, 0//1)
