# floor, ceil, trunc, round (ties to even), with and without a result type.
for x in (2.5, 3.5, -2.5, 2.4, -2.6, 0.5, -0.5, 1e20)
    println(floor(x), " ", ceil(x), " ", trunc(x), " ", round(x))
end
println(floor(Int, 2.7), " ", ceil(Int, 2.1), " ", trunc(Int, -2.7), " ", round(Int, 2.5), " ", round(Int, 3.5))
println(floor(Int64, -0.5), " ", floor(7), " ", round(Int, 7))
try
    floor(Int, 1e30)
catch e
    println(sprint(showerror, e))
end
println(sqrt(2.0), " ", sqrt(16), " ", cbrt(27.0), " ", hypot(3.0, 4.0), " ", hypot(3, 4))
println(exp(0.0), " ", log(1.0), " ", log2(8.0), " ", log10(1000.0), " ", sin(0.0), " ", cos(0.0))
println(isqrt(99), " ", isqrt(100))
