# Rounding to digits.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for x in (123.456, -123.456, 0.00123456, 1e10, 2.5, 0.1f0, 1e-300, 1e300), d in (-3, -1, 0, 1, 2, 5)
    println(round(x, digits = d), " ", floor(x, digits = d), " ", ceil(x, digits = d), " ", trunc(x, digits = d))
    d > 0 && println(round(x, sigdigits = d), " ", floor(x, sigdigits = d), " ", ceil(x, sigdigits = d))
end
println(round(3.14159, digits = 2), " ", round(0.375, base = 2, digits = 2), " ", round(357.913, sigdigits = 4, base = 2), " ", round(2.675, digits = 2), " ", round(Inf, digits = 2), " ", round(1234.5, RoundUp, digits = -2), " ", round(1//3, digits = 3), " ", round(pi, digits = 4))
println(round(5, digits = 2), " ", round(1250, digits = -2), " ", round(1234, sigdigits = 2))
attempt(x -> round(x, digits = 1, sigdigits = 2), 2.5)
