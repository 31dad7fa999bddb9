# Generators, comprehensions, and the functions that take them.
println(sum(x^2 for x in 1:4), " ", collect(2x for x in 1:3), " ", [(i, j) for i in 1:2 for j in 1:i])
println([x * y for x in 1:2, y in 1:2], " ", Float64[x for x in 1:2], " ", [c for c in "abc"])
println(maximum(abs(x) for x in [-3, 2]), " ", any(x > 2 for x in 1:3), all(x > 0 for x in 1:3), " ", count(isodd(x) for x in 1:5))
println(join((string(x) for x in 1:3), "-"), " ", Tuple(x for x in 1:3), " ", sum(x for x in 1:10 if x % 3 == 0))
println([a + b for (a, b) in [(1, 2), (3, 4)]], " ", [x for x in [1, nothing, 2] if x !== nothing], " ", typeof([x for x in Any[1, 2.0]]))
println(prod(i for i in 1:5), " ", minimum(x -> -x, 1:3), " ", foldl((a, b) -> a * 10 + b, 1:4), " ", reduce(*, ["a", "b"]))
println([[j for j in 1:i] for i in 1:3], " ", collect(Iterators.filter(isodd, 1:5)), " ", first(x for x in 5:9))
