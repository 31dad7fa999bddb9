# Integers and floats compare by their exact values.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
ints = Any[0, 1, -1, 2^53, 2^53 + 1, typemax(Int), typemin(Int), typemax(UInt64), Int128(2)^64, typemax(Int128), typemax(UInt128), Int32(16777217), UInt8(255), true]
floats = Any[0.0, -0.0, 1.0, 9007199254740992.0, 9.223372036854775807e18, -9.223372036854775808e18, 1.8446744073709552e19, 1.7014118346046923e38, 3.4028236692093846e38, Inf, -Inf, NaN, 1.6777216f7, 0.5, 255f0]
for x in ints, y in floats
    println(repr(x), " ", repr(y), " ", x == y, " ", x < y, " ", x <= y, " ", y < x, " ", y <= x, " ", isless(x, y), " ", isless(y, x), " ", isequal(x, y), " ", cmp(x, y))
end
for (x, y) in ((0.0, -0.0), (NaN, NaN), (NaN, 1.0), (Inf, NaN), (NaN32, NaN), (0, -0.0), (1//2, 0.5), (1//3, 1/3), (0x01, 1f0), (2.0, Float16(2)))
    println(x == y, " ", isequal(x, y), " ", isless(x, y), " ", isless(y, x), " ", x === y, " ", min(x, y), " ", max(x, y), " ", hash(x) == hash(y))
end
