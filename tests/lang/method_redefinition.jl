# A later definition replaces an earlier one at once.
f(x) = "first"
println(f(1))
f(x) = "second"
println(f(1))
g() = f(0)
println(g())
f(x) = "third"
println(g())
f(x::Int64) = "int"
println(g())
