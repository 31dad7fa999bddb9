# Floats in parts, and the floats beside a float.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for x in Any[1.0, -2.5, 0.1, 1e300, 5e-324, 2.2250738585072014e-308, 1f0, 0.1f0, 1f-45, 3.4028235f38]
    println(repr(x), " ", exponent(x), " ", significand(x), " ", frexp(x), " ", modf(x), " ", nextfloat(x), " ", prevfloat(x), " ", eps(x), " ", issubnormal(x), " ", nextfloat(x, 5), " ", nextfloat(x, -5))
    for k in (-1100, -1074, -3, 0, 5, 1030)
        print(ldexp(x, k), " ")
    end
    println()
end
for T in (Float64, Float32)
    println(eps(T), " ", floatmin(T), " ", floatmax(T), " ", typemin(T), " ", typemax(T), " ", maxintfloat(T), " ", precision(T), " ", nextfloat(zero(T)), " ", prevfloat(zero(T)), " ", nextfloat(typemax(T)), " ", prevfloat(typemax(T)))
end
println(nextfloat(Inf), " ", prevfloat(-Inf), " ", nextfloat(-0.0), " ", isnan(nextfloat(NaN)), " ", frexp(0.0), " ", frexp(Inf), " ", modf(Inf), " ", modf(-3.75), " ", significand(0.0), " ", eps(0.0), " ", isnan(eps(Inf)))
println(bitstring(1.0), " ", bitstring(-0.5f0), " ", bitstring(Float16(1.5)), " ", reinterpret(UInt64, 1.0), " ", reinterpret(Float32, 0x40490fdb), " ", reinterpret(Int8, 0xff), " ", reinterpret(Float16, 0x3c00))
println(copysign(3, -0.0), " ", copysign(-2.0, 1), " ", flipsign(3, -1), " ", flipsign(-2.5, -0.0), " ", sign(-0.0), " ", sign(NaN), " ", sign(-7), " ", signbit(-0.0), " ", abs(-0.0), " ", abs(typemin(Int)), " ", clamp(5, 1, 3), " ", clamp(-0.5, 0, 1), " ", clamp(2, 1.0, 3.0), " ", minmax(3, 1.5))
println(fma(2.0, 3.0, 4.0), " ", fma(0.1, 10.0, -1.0), " ", muladd(2, 3, 4), " ", fma(1f0, 2f0, 3f0))
