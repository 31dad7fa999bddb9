# Powers, factors, digits.
println(powermod(3, 100, 7), " ", gcdx(12, 42), " ", invmod(3, 11), " ", gcd(12, 18, 27), " ", lcm(2, 3, 4))
println(factorial(20), " ", binomial(10, 3), " ", digits(0), digits(105), " ", digits(5, base = 2, pad = 4), " ", ndigits(0), ndigits(-123))
println(ispow2(64), ispow2(63), " ", nextpow(2, 100), prevpow(2, 100), " ", isqrt(10^12), " ", count_ones(0xff))
println(round(3.14159, digits = 2), " ", round(1234.5, digits = -2), " ", floor(2.789, digits = 1), " ", round(2.675, digits = 2), " ", round(Int, 2.5))
println(0.1 + 0.2 ≈ 0.3, 1 ≈ 1.1, isapprox(1.0, 1.001, atol = 0.01), " ", [1.0, 2.0] ≈ [1.0, 2.0 + 1e-12], " ", eps(), " ", eps(1000.0))
println(2^-1, " ", 2.0^-2, " ", 10^18, " ", (-3)^3, " ", sum(digits(2^40)), " ", widen(Int32), " ", unsigned(-1), " ", signed(0xff))
try
    factorial(21)
catch e
    println(typeof(e))
end
