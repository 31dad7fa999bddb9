# Default arguments, later ones in terms of earlier ones.
f(a, b = 2, c = a + b) = (a, b, c)
println(f(1), f(1, 5), f(1, 5, 9))
g(x::Int64 = 3) = x * 2
println(g(), " ", g(4))
h(a, b::String = "dflt", rest...) = (a, b, rest)
println(h(1), h(1, "x"), h(1, "x", 2, 3))
counter = 0
function tick()
    global counter += 1
    return counter
end
k(x = tick()) = x
println(k(), k(), k(10), k())
