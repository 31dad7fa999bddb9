# Two methods that fit equally well.
f(a::Int64, b) = 1
f(a, b::Int64) = 2
try
    println(f(1, 1))
catch e
    println(typeof(e))
end
println(f(1, "x"), f("x", 1))
