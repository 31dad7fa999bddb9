# Code, text and types that nest too deeply end in an exception that can be caught.
# stress: 1000
overflows(f) = try
    f()
    "no"
catch e
    e isa LoadError && (e = e.error)
    e isa StackOverflowError ? "overflow" : e isa Exception ? "another exception" : "no exception"
end
function nest(n)
    e = :(1)
    for _ in 1:n
        e = Expr(:call, :+, e, 1)
    end
    return e
end
println(overflows(() -> eval(nest(200_000))))
macro forever(x)
    return :(@forever $x)
end
println(overflows(() -> eval(:(@forever 1))))
macro bad(x)
    f(n) = f(n + 1) + 1
    return f(1)
end
println(overflows(() -> eval(:(@bad 1))))
println(overflows(() -> string(nest(100_000))))
println(overflows(() -> hash(nest(200_000))))
println(overflows(() -> nest(200_000) == nest(200_000)))
println(overflows(() -> Meta.parse(repeat("(", 100_000))))
println(overflows(() -> Meta.parse(string(repeat("(", 20_000), "1", repeat(")", 20_000)))))
println(overflows(() -> include_string(Main, string("x = ", repeat("[", 50_000), repeat("]", 50_000)))))
println(overflows(() -> include_string(Main, string("x = ", repeat("-", 100_000), "1"))))
println(overflows(() -> include_string(Main, repeat("begin ", 50_000))))
function deeptype(n)
    T = Int
    for _ in 1:n
        T = Tuple{T}
    end
    return T
end
println(overflows(() -> deeptype(20_000)))
println(overflows(() -> length(string(deeptype(20_000)))))
println(overflows(() -> deeptype(5_000) <: deeptype(5_000)))
println(overflows(() -> deeptype(5_000) == deeptype(5_001)))
println(overflows(() -> deepcopy(nest(200_000)).head))
println("end")
