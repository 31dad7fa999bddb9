# Quotients and remainders of integers of every pair of types.
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
for f in (div, rem, fld, cld, mod)
    println(f)
    for x in values, y in values
        attempt(f, x, y)
    end
end
