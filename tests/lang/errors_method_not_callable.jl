# Calls of what is no function, and of types without constructors.
abstract type Shape end
struct Plain
    x::Int64
end
attempt(call) = try
    call()
catch e
    println(split(replace(sprint(showerror, e), "\n\n" => "\n"), "\nClosest")[1])
end
attempt(() -> "text"(1, 2))
attempt(() -> nothing())
attempt(() -> Plain(1)(2))
attempt(() -> (1, 2)(3))
attempt(() -> Shape(1))
attempt(() -> [1, 2](1))
attempt(() -> :name(1))
attempt(() -> [1, 2] + 1)
attempt(() -> 1 - [1.5])
attempt(() -> "a" + 1)
attempt(() -> 1 + nothing)
attempt(() -> convert(Int64, "a"))
attempt(() -> convert(Vector{Int64}, 1))
attempt(() -> length(Plain(1)))
attempt(() -> iterate(Plain(1)))
attempt(() -> throw(MethodError(+, ("a", 1))))
