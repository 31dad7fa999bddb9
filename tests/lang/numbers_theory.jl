# Number theory.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for a in (0, 12, -18, 7, Int8(30), 0x2d, Int128(2)^70), b in (0, 8, -27, 7, Int16(42))
    attempt(gcd, a, b)
    attempt(lcm, a, b)
    println(gcdx(a, b))
end
println(gcd(12, 18, 27), " ", lcm(2, 3, 4), " ", gcd([12, 8]), " ", lcm([4, 6]), " ", gcd(Int[]), " ", lcm(Int[]), " ", gcd(1//2, 3//4), " ", lcm(1//2, 3//4))
for (n, m) in ((3, 7), (10, 17), (2, 4), (0, 5), (-3, 7))
    attempt(invmod, n, m)
end
println(powermod(2, 100, 13), " ", powermod(3, -1, 7), " ", powermod(123456789, 987654321, 1000000007), " ", powermod(5, 0, 1), " ", powermod(2, 3, -5))
for n in (0, 1, 2, 99, 100, typemax(Int), Int8(100), 0xff, typemax(UInt64), Int128(10)^30)
    attempt(isqrt, n)
end
for n in (0, 5, 20, Int8(5), Int128(30))
    attempt(factorial, n)
end
attempt(factorial, -1)
attempt(factorial, 21)
for (n, k) in ((5, 2), (10, 0), (10, 11), (-3, 2), (60, 30), (5, -1), (67, 33))
    attempt(binomial, n, k)
end
attempt(binomial, 68, 34)
for x in (1, 3, 4, 100, 0x41)
    println(nextpow(2, x), " ", prevpow(2, x), " ", nextpow(3, x), " ", prevpow(3, x), " ", ispow2(x))
end
attempt(nextpow, 2, 0)
attempt(prevpow, 2, 0)
println(digits(1234), " ", digits(0), " ", digits(10, base = 2), " ", digits(255, base = 16), " ", digits(5, pad = 4), " ", digits(-45), " ", ndigits(1000), " ", ndigits(255, base = 16), " ", ndigits(0), " ", digits(6, base = -2))
println(string(255, base = 16), " ", string(-5, base = 2), " ", string(5, pad = 3), " ", string(-5, pad = 3), " ", string(35, base = 36), " ", string(61, base = 62), " ", string(0x1f, base = 2, pad = 8), " ", string(0, base = 2))
