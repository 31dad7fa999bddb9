# Numbers before names are coefficients; literals print as values.
for x in [:(2x), :(2 * x), :(1.5x), :(2(x + y)), :(2f(x)), :(2x^2), :((2x)^2), :(2x * y), :(-2x), :(3im), :(x - -1), :(x * 2),
          :(0x01 * y), :(1f0 + 2), :(1 + 2), :(x ^ 2), :(1.0e10 * z), :(true & x)]
    println(x)
end
println(repr(:(1)), " ", repr(:("a\n")), " ", repr(:('c')), " ", repr(:(nothing)), " ", repr(:x))
