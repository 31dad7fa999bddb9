# `precompile` says whether there is a method to compile.
f(x::Int64) = x + 1
println(precompile(f, (Int64,)))
println(precompile(f, (String,)))
println(f(1))
