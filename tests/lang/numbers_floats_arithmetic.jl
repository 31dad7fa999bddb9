# Arithmetic of floats of every pair of types, and with other numbers.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[0.0, -0.0, 1.0, -1.5, 2.5, 1e300, 5e-324, Inf, -Inf, NaN, 0.1, 3.7f0, -2.5f0, Inf32, 1f-45, Float16(1.5), Float16(-0.25), 3, -2, true, 1//2]
for f in (+, -, *, /)
    println(f)
    for x in values, y in values
        x isa AbstractFloat || y isa AbstractFloat || continue
        x isa Float16 || y isa Float16 || attempt(f, x, y)
        x isa Float16 && println(f(x, y) == f(x, y) ? f(x, y) : "none")
    end
end
