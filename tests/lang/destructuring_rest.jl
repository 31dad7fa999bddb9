# What is left goes to the variable with dots, also in the middle; and fields by name.
x, rest... = (1, 2, 3)
println(x, " ", rest)
a, b... = [1, 2, 3]
println(a, " ", b)
first, middle..., last = 1:5
println(first, " ", middle, " ", last)
h, t... = "abc"
println(h, " ", t)
one, none... = (1,)
println(one, " ", none)
(; p, q) = (q = 1, p = 2)
println(p, q)
struct Point
    x::Int64
    y::Int64
end
function norm1(pt)
    (; x, y) = pt
    return abs(x) + abs(y)
end
println(norm1(Point(-3, 4)))
