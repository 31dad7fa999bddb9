# The sign conventions of div, rem, mod, fld, cld, mod1, divrem and fldmod.
for (a, b) in ((7, 3), (-7, 3), (7, -3), (-7, -3), (6, 3), (-6, 3), (0, 5))
    println(a, " ", b, ": ", div(a, b), " ", rem(a, b), " ", mod(a, b), " ", fld(a, b), " ", cld(a, b), " ", mod1(a, b))
end
println(divrem(-7, 2), " ", fldmod(-7, 2))
println(-7 ÷ 2, " ", -7 % 2)
println(7 / 2, " ", 6 / 3, " ", 1 / 0, " ", -1 / 0, " ", 0 / 0)
println(div(0xff, 0x10), " ", rem(0xff, 0x10))
println(div(7.5, 2.0), " ", rem(-7.5, 2.0), " ", mod(-7.5, 2.0), " ", mod(7.5, -2.0))
println(gcd(12, 18), " ", gcd(-12, 18), " ", lcm(4, 6), " ", gcd(0, 5))
