# Numbers from text.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
texts = ["12", "-12", "+7", " 42 ", "0x1f", "0b101", "0o17", "abc", "12a", "1_000", "128", "-129", "300", "99999999999999999999", "-0", "1.5", "1e5", ".5", "5.", "1e400", "-Inf", "NaN", "inf", "infinity", "0x1.8p3", "-", "1 2", "ff", "170141183460469231731687303715884105727", "0.1"]
for T in (Int8, Int, UInt8, Int128, Float64, Float32), s in texts
    T <: AbstractFloat || attempt(parse, T, s)
    T <: AbstractFloat && tryparse(T, s) !== nothing && attempt(parse, T, s)
    println(tryparse(T, s))
end
for b in (2, 8, 16, 36, 62), s in ["101", "77", "fF", "zZ", "-11"]
    println(tryparse(Int, s, base = b), " ", tryparse(Int16, s, base = b))
end
attempt(s -> parse(Int, s, base = 2), "12")
attempt(s -> parse(Int, s, base = 63), "12")
println(parse(Int, '7'), " ", parse(Int, 'f', base = 16), " ", parse(Bool, "true"), " ", parse(Bool, "0"), " ", tryparse(Bool, "yes"), " ", parse(Int, "1f", base = 16), " ", parse(UInt16, "ffff", base = 16))
attempt(parse, Float64, "abc")
attempt(parse, Bool, "maybe")
attempt(parse, Int, "")
