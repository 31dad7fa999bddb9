# Named tuples: access by name and position, printing, merging.
t = (a = 1, b = "x")
println(t, " ", t.a, t.b, t[1], t[:b], " ", length(t), " ", keys(t), " ", values(t))
println((a = 1,), " ", NamedTuple())
println(t == (a = 1, b = "x"), t === (a = 1, b = "x"), (a = 1,) == (b = 1,))
println(merge(t, (b = 2, c = 3)), " ", haskey(t, :a), haskey(t, :z))
for (k, v) in pairs(t)
    print(k, "=>", v, " ")
end
println()
x = 5
println((; x, y = 6))
