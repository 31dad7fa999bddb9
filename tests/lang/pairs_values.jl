# Pairs.
p = 1 => "x"
println(p, " ", p.first, p.second, p[1], " ", typeof(p), " ", first(p), last(p))
a, b = p
println(a, b, " ", p == (1 => "x"), " ", (1 => 2) => 3, " ", ["a" => 1, "b" => 2], " ", :k => [1])
println(sort(["b" => 1, "a" => 2]), " ", Dict("k" => 1)["k"], " ", map(first, [1 => 2, 3 => 4]))
