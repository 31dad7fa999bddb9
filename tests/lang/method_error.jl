# A call that no method takes.
f(x::Int64) = x
try
    f("a")
catch e
    println(typeof(e), " ", e.f === f, " ", e.args)
end
try
    f(1, 2)
catch e
    println(e isa MethodError, " ", e.args)
end
try
    nothing + 1
catch e
    println(typeof(e))
end
try
    5(3)
catch e
    println(typeof(e))
end
