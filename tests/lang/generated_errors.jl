# Generators that throw, and redefinition.
@generated function bad(x)
    x <: Int && error("no ints")
    :(x)
end
println(bad(1.0))
try
    bad(1)
catch e
    println(typeof(e), " ", e.msg)
end
try
    bad(2)
catch e
    println("again ", e.msg)
end
@generated g(x) = :(1)
println(g(0))
@generated g(x) = :(2)
println(g(0))
helper(::Type{Int}) = 10
helper(::Type) = 20
@generated h(x) = helper(x)
println(h(1), h("s"))
