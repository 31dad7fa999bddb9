# `&&` and `||` evaluate no more than they must.
t(x) = (print("t$x "); true)
f(x) = (print("f$x "); false)
println(t(1) && f(2) && t(3))
println(f(1) || t(2) || f(3))
println(f(1) && t(2) || t(3))
println(t(1) || f(2) && f(3))
println(!t(1) || f(2))
g(x) = x > 0 && "positive"
println(g(1), " ", g(-1))
h(x) = x > 0 || return "stopped"
println(h(1), " ", h(-1))
x = nothing
println(x === nothing || x > 1)
