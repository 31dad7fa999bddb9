# Complex numbers.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[1 + 2im, 3 - 4im, 0.5 + 1.5im, -1.0 - 0.0im, 1//2 + 3//4*im, 2, 0.5, im, 1.0f0 + 2.0f0im]
for f in (+, -, *, /, ==, isequal)
    println(f)
    for x in values, y in values
        (x isa Complex || y isa Complex) && attempt(f, x, y)
    end
end
for x in values
    x isa Complex || continue
    for f in (-, +, abs, abs2, angle, conj, real, imag, reim, isreal, float, zero, one, x -> x^2, x -> x^3, iszero, isinteger, string, sqrt)
        attempt(f, x)
    end
end
println(im, " ", 2im, " ", 1 - im, " ", -im, " ", im^2, " ", Complex(1, 2), " ", Complex{Int8}(1, 2), " ", complex(3), " ", (1 + 2im)', " ", Complex(true, false), " ", Complex(NaN, Inf), " ", 1.0 + NaN*im, " ", [1 + im, 2])
println(exp(im * pi), " ", sqrt(-1 + 0im), " ", sqrt(Complex(-4)), " ", abs(3 + 4im), " ", log(Complex(-1.0)), " ", cis(0), " ", exp(1 + im), " ", (1 + im)^0.5, " ", (1 + 2im)^-1, " ", (1 + im)^10, " ", 2^(1 + im))
println(Int(3 + 0im), " ", Float64(2.5 + 0im), " ", convert(Complex{Float64}, 1), " ", ComplexF64(1, 2), " ", promote(1, 2.0im), " ", typeof(1im + 1//2), " ", round(1.6 + 2.4im), " ", parse(Complex{Float64}, "1.5-2im"))
attempt(Int, 1 + 2im)
attempt(Float64, 1.0 + 2.0im)
