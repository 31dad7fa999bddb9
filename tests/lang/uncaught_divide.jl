f(a, b) = a ÷ b
println(f(7, 2))
f(1, 0)
