# Meta.parse in its forms.
println(Meta.parse("1 + 2") == :(1 + 2))
println(Meta.parse("x") === :x, Meta.parse("12") === 12, Meta.parse("\"s\"") == "s", Meta.parse("1.5") === 1.5)
println(Meta.parse("") === nothing)
println(Meta.parse("f(x) = x + 1").head)
println(Meta.parse("a; b").head)
ex, next = Meta.parse("a + b\nc * d", 1)
println(ex == :(a + b), " ", next)
ex, next = Meta.parse("a + b\nc * d", next)
println(ex == :(c * d), " ", next)
println(Meta.parse("x + y", 1; greedy = false))
println(Meta.parse("f(", raise = false).head)
println(Meta.parse("a b", raise = false).head)
for bad in ["f(x", "1 +", ")", "a b c", "x = = 1"]
    try
        Meta.parse(bad)
        println("parsed")
    catch e
        println(typeof(e))
    end
end
println(eval(Meta.parse("3 + 4")))
println(eval(Meta.parse("sum([i for i in 1:4])")))
calc(s) = eval(Meta.parse(s))
println(calc("2^10"), " ", calc("(1, :a)"))
