# Dictionaries: every way to make, read, change and combine them.
d = Dict("a" => 1)
d["b"] = 2
println(d["a"], haskey(d, "b"), get(d, "z", 0), get(() -> 7, d, "z"), get!(d, "c", 3), get!(() -> 4, d, "e"), length(d))
println(delete!(d, "c") === d, pop!(d, "e"), pop!(d, "zz", nothing), sort(collect(keys(d))), sort(collect(values(d))))
try
    d["missing"]
catch e
    println(e)
end
println(sort(collect(pairs(d))), sort(collect(d)), ("a" => 1) in d, "a" in keys(d), 2 in values(d))
println(typeof(Dict(1 => 'a', 2 => 'b')), typeof(Dict("a" => 1, "b" => 2.0)), typeof(Dict()), typeof(Dict{Symbol,Int}()), typeof(Dict(:a => 1, :b => "x")))
println(Dict([(1, 2)]), Dict([1 => 2]), Dict(zip([1], ["one"])), Dict(i => i^2 for i in 1:1), Dict(x => length(x) for x in ["aa"]))
println(merge(Dict(1 => 2), Dict(1 => 3)), merge!(Dict(1 => 1.5), Dict(1 => 3)), mergewith(+, Dict(:a => 1), Dict(:a => 2)), typeof(merge(Dict(1 => 1), Dict(2 => 2.5))))
e = Dict(i => i * 10 for i in 1:20)
println(length(e), sum(values(e)), sum(keys(e)), maximum(e), e[20], count(p -> p.second > 100, e))
println(sort([k for (k, v) in e if v > 150]), filter(p -> p.first == 3, e), length(filter!(p -> isodd(p.first), e)))
f = Dict{String,Vector{Int}}()
push!(get!(f, "x", Int[]), 1)
push!(get!(f, "x", Int[]), 2)
println(f, isempty(f), empty!(f) === f, isempty(f))
g = Dict(:a => 1)
g[:a] += 5
println(g, g == Dict(:a => 6), copy(g) == g, copy(g) === g)
counts = Dict{Char,Int}()
for c in "mississippi"
    counts[c] = get(counts, c, 0) + 1
end
println(sort(collect(counts)), sort(collect(counts), by = last, rev = true)[1][2])
println(Dict(1 => 2) == Dict(1.0 => 2), hash(Dict(1 => 2)) == hash(Dict(1 => 2)), keytype(g), valtype(g), eltype(g))
h = Dict((1, 2) => "tuple", (3, 4) => "other")
println(h[(1, 2)], h[3, 4], haskey(h, (9, 9)))
println(Dict(p.first => p.second + 1 for p in [:x => 1]), Dict{Any,Any}(1 => "a")[1], Dict(1 => Dict(2 => 3))[1][2])
k = Dict(1 => "a")
k[2.0] = "b"
println(sort(collect(keys(k))), k[2])
try
    k[2.5] = "c"
catch err
    println(typeof(err))
end
try
    k["x"] = "c"
catch err
    println(typeof(err))
end
for (key, value) in Dict("only" => 1)
    println(key, value)
end
println(first(Dict(5 => 6)), only(Dict(5 => 6)), findmax(Dict(:a => 3)), map(x -> x.second, collect(Dict(1 => 2))), foldl((s, p) -> s + p.second, Dict(1 => 2), init = 0))
println(pop!(Dict(1 => 2)), push!(Dict(1 => 2), 1 => 3), getkey(Dict(1 => 2), 1, 0), replace!(p -> p.first => 9, Dict(1 => 2)))
println(Dict(:a => nothing), Dict("k" => [1, 2]), Dict(1 => missing), Dict(nothing => 1))
m = Dict{Int,Int}()
for i in 1:1000
    m[i] = i
end
for i in 1:2:1000
    delete!(m, i)
end
println(length(m), sum(values(m)), all(iseven, keys(m)))
