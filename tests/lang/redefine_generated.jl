# Generated functions: the generator, and what generated code calls, are defined anew.
helper(x) = x + 1
@generated function twice(x)
    return :(helper(x) * $(x === Int64 ? 2 : 3))
end
println(twice(1), " ", twice(1.5))
helper(x) = 100
println(twice(1), " ", twice(1.5))
@generated function twice(x)
    return :(string($(string(x)), helper(x)))
end
println(twice(1), " ", twice(1.5))
twice(x::Int64) = "plain"
println(twice(1), " ", twice("s"))
