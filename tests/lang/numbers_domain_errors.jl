# What is said of arguments outside a function's domain.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for (f, x) in ((sqrt, -1.0), (sqrt, -2), (sqrt, -1f0), (log, -1.0), (log, -1), (log2, -1.0), (log10, -2.0), (log1p, -2.0), (asin, 2.0), (acos, -2.0), (acosh, 0.5), (atanh, 2.0), (sin, Inf), (cos, -Inf), (tan, Inf), (sinpi, Inf), (cosd, Inf), (exponent, 0.0), (exponent, Inf), (isqrt, -1), (factorial, -3), (sincos, Inf))
    attempt(f, x)
end
