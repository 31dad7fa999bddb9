# Arguments that take the rest, and calls that spread.
f(a, rest...) = (a, rest)
println(f(1), " ", f(1, 2), " ", f(1, 2, 3))
g(xs::Int64...) = sum(xs)
g(xs...) = "mixed"
println(g(1, 2, 3), " ", g(1, "a"))
h(a) = "one"
h(a, b) = "two"
h(a, b, c...) = "more"
println(h(1), h(1, 2), h(1, 2, 3), h(1, 2, 3, 4))
t = (1, 2)
println(f(t...), " ", f(0, t..., 9), " ", f([4, 5, 6]...))
println(max([3, 1, 2]...), " ", string("ab"...))
k(x::Tuple{Vararg{Int64}}) = "ints"
k(x::Tuple) = "tuple"
println(k((1, 2)), " ", k((1, "a")), " ", k(()))
m(first::String, nums::Float64...) = length(nums)
println(m("a"), " ", m("a", 1.0, 2.0))
