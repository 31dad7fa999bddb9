# Functions of one integer of every type.
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
for f in (-, +, ~, abs, sign, signbit, abs2, iseven, isodd, count_zeros, leading_zeros, trailing_zeros, leading_ones, trailing_ones, bitstring, unsigned, signed, float, inv, digits, ndigits, string, zero, one)
    println(f)
    for x in values
        x isa Bool && f in (count_zeros, leading_zeros, trailing_zeros, leading_ones, trailing_ones) && continue
        f === inv && x isa Bool && continue
        f === digits ? println(f(x)) : attempt(f, x)
    end
end
for x in values
    x isa Bool || println(bswap(x), " ", bitrotate(x, 3), " ", bitrotate(x, -70))
end
