# Checked arithmetic says when a result does not fit.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
using Base.Checked
for T in (Int8, UInt8, Int32, Int64, UInt64, Int128, UInt128)
    low, high = typemin(T), typemax(T)
    for f in (checked_add, checked_sub, checked_mul), (x, y) in ((high, one(T)), (low, one(T)), (high, high), (T(5), T(3)), (low, high), (high ÷ T(2), T(2)))
        attempt(f, x, y)
    end
    for f in (checked_neg, checked_abs), x in (low, high, T(5))
        attempt(f, x)
    end
    println(Base.add_with_overflow(high, one(T)), " ", Base.sub_with_overflow(low, one(T)), " ", Base.mul_with_overflow(high, T(2)))
end
attempt(checked_add, 1, 0x02)
attempt(checked_div, 1, 0)
attempt(checked_div, typemin(Int), -1)
attempt(div, typemin(Int8), Int8(-1))
attempt(rem, typemin(Int8), Int8(-1))
