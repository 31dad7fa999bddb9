# Conversions of integers to every type, with what is said where the value does not fit.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
values = Any[true, Int8(-7), UInt8(200), Int16(-300), UInt16(3), Int32(70000), UInt32(5), 12, -1, UInt64(2)^63, Int128(-10)^20, UInt128(7)]
for T in (Bool, Int8, Int16, Int32, Int64, Int128, UInt8, UInt16, UInt32, UInt64, UInt128, Float16, Float32, Float64)
    println(T)
    for x in values
        attempt(T, x)
        T <: Integer && T !== Bool && println(x % T)
    end
    println(zero(T), " ", one(T), " ", typemin(T), " ", typemax(T), " ", sizeof(T))
end
