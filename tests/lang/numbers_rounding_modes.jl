# Every rounding mode.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.49, 1e10, 123.456, -123.456, Inf, NaN, 2.5f0, -0.1f0, 7//2, -7//2, 5//2, 1//3]
for mode in (RoundNearest, RoundToZero, RoundUp, RoundDown, RoundNearestTiesAway, RoundNearestTiesUp)
    println(mode)
    for x in values
        print(round(x, mode), " ")
    end
    println()
end
for f in (round, floor, ceil, trunc)
    println(f)
    for x in values
        attempt(f, x)
    end
    for x in (2.5, -2.5, 0.4, 300.7, -1.0, 1e20), T in (Int, Int8, UInt8, Int128)
        println(T)
        attempt(f, T, x)
    end
end
