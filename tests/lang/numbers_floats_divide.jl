# Quotients and remainders of floats.
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
for f in (div, rem, mod, fld)
    println(f)
    for x in values, y in values
        x isa Float16 || y isa Float16 || !(x isa AbstractFloat) || !(y isa AbstractFloat) || attempt(f, x, y)
    end
end
println(rem(5.3, 2, RoundNearest), " ", rem(7, 4, RoundUp), " ", rem(-7, 4, RoundDown), " ", rem(5.5, 2.0, RoundNearest), " ", div(7, 2, RoundUp), " ", div(7, 2, RoundNearest), " ", div(5, 2, RoundNearest), " ", div(-5, 2, RoundNearestTiesAway))
println(mod1(5, 5), " ", mod1(0, 5), " ", mod1(-1, 3), " ", mod1(5.5, 2.0), " ", fld1(5, 5), " ", fld1(6, 5), " ", fldmod1(7, 3), " ", divrem(-7, 2), " ", fldmod(-7, 2), " ", divrem(7.5, 2))
