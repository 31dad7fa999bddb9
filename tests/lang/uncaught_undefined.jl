x = 1
println(x)
println(undefined_variable)
