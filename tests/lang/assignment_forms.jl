# Assignments: destructuring, operators, fields, elements, values.
a, b = 1, 2
(c, d) = [3, 4]
println(a, b, c, d)
v = [1, 2, 3]
v[1], v[3] = v[3], v[1]
v[2] += 10
println(v)
mutable struct S
    x::Int64
    y::Vector{Int64}
end
s = S(1, [5])
s.x += 1
s.y[1] *= 3
s.x, other = 10, 20
println(s.x, s.y, other)
z = (w = 3) + 1
println(z, w)
p = q = r = [0]
p[1] = 9
println(q, r)
_, second = (1, 2)
println(second)
t = (1, (2, 3))
e, (f, g) = t
println(e, f, g)
function typed()
    local k::Float64 = 1
    k = 2
    return k
end
println(typed())
