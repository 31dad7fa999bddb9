d = Dict("a" => 1)
println(d["a"])
d["b"]
