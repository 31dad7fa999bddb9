# Destructuring: nested, in arguments, loops, generators; swaps; into fields and indices.
(a, (b, c)) = (1, (2, 3))
println(a, b, c)
(a, (b, (c, d))), e = (1, [2, (3, 4)]), 5
println(a, b, c, d, e)
a, b = b, a
println(a, b)
v = [1, 2, 3]
v[1], v[2] = v[2], v[1]
println(v)
mutable struct P
    x
    y
end
p = P(1, 2)
p.x, p.y = p.y, p.x
println(p.x, p.y)
v[1], p.x, q = "abc" |> collect |> x -> (length(x), x[1], x[2])
println(v, p.x, q)
f((a, b)) = a + b
println(f((1, 2)), f([3, 4]), f(5 => 6))
g((a, b), (c, (d, e))) = (a, b, c, d, e)
println(g((1, 2), (3, (4, 5))))
h((a, b)::Tuple{Int,Int} = (7, 8), c = a) = (a, b, c)
println(h(), h((1, 2)))
for (i, (x, y)) in enumerate([(1, 2), (3, 4)])
    println(i, x, y)
end
println([x * y for (x, y) in zip(1:3, 4:6)])
println(map(((a, b),) -> a - b, [(1, 2), (5, 3)]))
println([(k, v) for (k, v) in (:a => 1, :b => 2)])
for (k, v) in pairs((x = 1, y = "b"))
    println(k, "=>", v)
end
x = y = z = 4
println(x, y, z)
x, y = y, x = 1, 2
println(x, y)
t = (a, b) = (10, 20)
println(t, a, b)
_, second, _ = (1, 2, 3)
println(second)
(first_,) = (9, 8)
println(first_)
function swap!(a, i, j)
    a[i], a[j] = a[j], a[i]
    return a
end
println(swap!([1, 2, 3], 1, 3))
function fibonacci(n)
    a, b = 0, 1
    for _ in 1:n
        a, b = b, a + b
    end
    return a
end
println(fibonacci(50))
try
    a, b, c = (1, 2)
catch e
    println(typeof(e))
end
try
    (a, b) = 5, ()
    a, b = ()
catch e
    println(typeof(e))
end
a, b, c = "xyz"
println(a, b, c)
a, b = 1:2
println(a, b)
m = [1 2; 3 4]
a, b, c, d = m
println(a, b, c, d)
let (x, y) = (1, 2), (z,) = [3]
    println(x + y + z)
end
function order()
    log = Int[]
    step(i) = (push!(log, i); i)
    a = [0, 0, 0]
    a[step(1)], a[step(2)] = step(3), step(4)
    return log, a
end
println(order())
nested = [(i, j) for (i, j) in [(a, b) for a in 1:2, b in 3:4]]
println(nested)
