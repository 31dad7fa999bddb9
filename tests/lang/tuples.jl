# Tuples: access, destructuring, comparison, functions.
t = (1, "two", 3.0)
println(t[1], t[2], t[end], " ", length(t), " ", typeof(t))
a, b, c = t
println(a, b, c)
a, b = b, a
println(a, b)
(p, (q, r)) = (1, (2, 3))
println(p, q, r)
println((1, 2) == (1, 2.0), (1, 2) === (1, 2), () == ())
println(map(x -> 2x, (1, 2, 3)), " ", sum((1, 2, 3)), " ", reverse((1, 2)), " ", ntuple(i -> i^2, 4))
println(first(t), last(t), isempty(()), 2 in (1, 2), " ", (1, 2)..., " ", (0, (1, 2)...))
for x in (1, "a", :b)
    print(x, ";")
end
println()
println(t[2:3], " ", collect((1, 2)), " ", maximum((3, 9, 2)), " ", (1, 2, 3)[1:2])
try
    t[4]
catch e
    println(sprint(showerror, e))
end
try
    let (a, b) = (1,)
    end
catch e
    println(typeof(e))
end
