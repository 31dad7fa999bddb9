# The shortest text that reads back as the same float.
for x in (1.0, 0.1, 1/3, 100.0, 1e5, 123456.0, 1e6, 1e7, 1.5e10, 1e15, 1e16, 1e20, 1e21, 1e22, 1e100, 1e-3, 1e-4, 1e-5, 1.5e-7, -0.0, 5e-324, 1.7976931348623157e308)
    println(x)
end
println(Inf, " ", -Inf, " ", NaN)
println(0.1 + 0.2, " ", 1e23, " ", 2.0^60, " ", 4.35, " ", 123.456e-10)
println(1f0, " ", 0.1f0, " ", 1f10, " ", 1f-10)
show(1f0); print(" "); show(1.5f-10); print(" "); show(Inf32); println()
println([1.0, 2.5], " ", (1.0, 2f0))
