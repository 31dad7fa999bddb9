# Deleting and restoring: the answers of `which` and `applicable` follow.
f(x::Int64) = "int"
f(x::Number) = "number"
f(x) = "any"
ask() = (f(1), f(1.0), f("s"), applicable(f, 1), which(f, (Int64,)).line)
println(ask())
Base.delete_method(which(f, (Int64,)))
println(ask())
f(x::Int64) = "int again"
println(ask())
Base.delete_method(which(f, (String,)))
println(applicable(f, "s"), " ", applicable(f, 1), " ", length(methods(f)))
f(x::AbstractString) = "string"
println(f("s"), " ", length(methods(f)))
