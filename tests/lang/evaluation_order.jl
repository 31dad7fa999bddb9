# The order in which operands, arguments, indices and defaults are evaluated, and how often.
log = Any[]
t(x) = (push!(log, x); x)
flush() = (r = copy(log); empty!(log); r)
t(1) + t(2) * t(3)
println(flush())
f(a, b; c, d) = nothing
f(t(1), t(2); c = t(3), d = t(4))
println(flush())
f(t(1), t(2), d = t(3), c = t(4))
println(flush())
a = [1, 2, 3]
a[t(1)] = t(2)
println(flush())
a[t(1)] += t(5)
println(flush(), a)
(t(1), t(2))
println(flush())
t(1) < t(2) < t(0) < t(9)
println(flush())
t(false) && t(1)
t(true) || t(2)
println(flush())
g(x = t(1), y = t(2)) = (x, y)
g(t(0))
println(flush())
[t(1), t(2)]
[t(1) t(2); t(3) t(4)]
println(flush())
(a = t(1), b = t(2))
println(flush())
text = "$(t(1)) and $(t(2))"
println(flush())
t(1) => t(2)
t(1):t(2):t(3)
println(flush())
x, y = t(1), t(2)
println(flush())
Dict(t(1) => t(2), t(3) => t(4))
println(flush())
[t(i) for i in t(1):t(2)]
println(flush())
t(sin)(t(0.5))
println(length(flush()))
(t(1) > 0 ? t(2) : t(3))
println(flush())
max.(t([1, 2]), t(1)) .+ t(3)
println(flush())
mutable struct P
    v
end
p = P(1)
get_p() = (push!(log, :p); p)
get_p().v = t(2)
get_p().v += t(3)
println(flush(), p.v)
