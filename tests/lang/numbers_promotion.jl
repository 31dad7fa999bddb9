# The common type of every pair of number types.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
types = [Bool, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64, Int128, UInt128, Float16, Float32, Float64, Rational{Int8}, Rational{Int}, Complex{Int}, Complex{Float32}, typeof(pi)]
for T in types
    println(T, ": ", join([promote_type(T, S) for S in types], " "))
end
println(promote(1, 2.5, 0x03), " ", promote(true, 1//2), " ", promote(1, 2), " ", promote(1f0, 2im), " ", promote('a', 'b'), " ", typeof(promote(Int8(1), UInt16(2))))
println([T === Complex{Int} ? T : widen(T) for T in types[2:9]], " ", widen(Float16), " ", widen(Float32), " ", widemul(typemax(Int), 2), " ", widemul(0xff, 0xff), " ", float(Int), " ", float(Rational{Int}), " ", signed(UInt8), " ", unsigned(Int32), " ", real(Complex{Int}), " ", complex(Float64))
