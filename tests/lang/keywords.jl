# Keyword arguments: defaults, required ones, rest, passing on.
f(a; b = 1, c = b + 1) = (a, b, c)
println(f(0), f(0, b = 5), f(0; c = 9), f(0; c = 1, b = 2))
g(; kw...) = [(k, v) for (k, v) in pairs(kw)]
println(g(a = 1, b = "x"))
h(x; kw...) = f(x; kw...)
println(h(1, b = 7))
k(; needed) = needed
println(k(needed = 3))
try
    k()
catch e
    println(sprint(showerror, e))
end
try
    f(1, z = 3)
catch e
    println(typeof(e))
end
b = 10
println(f(1; b))
options = (b = 3, c = 4)
println(f(1; options...))
typed(; n::Int64 = 1) = n
println(typed(n = 4))
