# `:compact` cuts floats to six significant digits.
io = IOContext(stdout, :compact => true)
for x in (123456.7, 1.234565, 0.1234565, 1.2345678e10, 99999.99, 999999.5, 0.00001234567, 1 / 3, 1e10, 123456789.0, 1234567.0,
          0.000123456789, 1.0, 1e-7, -2 / 3, 123456.0, NaN, Inf, 100000.5, 1.5f0, 1f0 / 3)
    print(io, x, " ")
    show(io, x)
    println()
end
show(io, [1 / 3, 2]); println()
show(io, 1 => 2); println()
show(io, (1 / 3, "a")); println()
println([1/3 1.0], [1/3])
