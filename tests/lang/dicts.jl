# Dictionaries.
d = Dict("a" => 1, "b" => 2)
println(d["a"], " ", length(d), " ", haskey(d, "b"), haskey(d, "z"), " ", get(d, "z", 0), " ", sort(collect(keys(d))), " ", sort(collect(values(d))))
d["c"] = 3
delete!(d, "a")
println(sort([(k, v) for (k, v) in d]), " ", typeof(d), " ", eltype(d))
try
    d["nope"]
catch e
    println(sprint(showerror, e))
end
e = Dict{Int64,Vector{String}}()
push!(get!(e, 1, String[]), "x")
push!(get!(() -> String[], e, 1), "y")
println(e, " ", isempty(e), " ", pop!(e, 1), " ", isempty(e), " ", e)
counts = Dict{Char,Int64}()
for c in "hello"
    counts[c] = get(counts, c, 0) + 1
end
println(sort(collect(counts)), " ", Dict(1 => "a") == Dict(1 => "a"), " ", merge(Dict(1 => 2), Dict(1 => 3)))
println(Dict(k => k^2 for k in 1:1), " ", Dict([(1, 2)]), " ", Dict(), " ", Dict(:a => 1.5))
println(("b" => 2) in d, " ", "b" in keys(d), " ", 2 in values(d), " ", get(d, "b", nothing))
big = Dict(i => i^2 for i in 1:1000)
for i in 1:2:1000
    delete!(big, i)
end
println(length(big), " ", big[500], " ", sum(values(big)), " ", haskey(big, 1), " ", filter(p -> p.first > 999, big))
