# Keys and values together, as `pairs` gives them and as keywords arrive: dictionaries.

f(; kw...) = (println(kw); println(typeof(kw)); println(collect(kw)); kw)
k = f(a = 1, b = 2)
println(length(k), keys(k), values(k), haskey(k, :a), get(k, :c, 0), k[:b], k isa AbstractDict)
f()
println(pairs([10, 20]), pairs((a = 1, b = 2.0)), pairs(Dict(1=>2)), pairs("ab"))
for (i, p) in pairs(["x", "y"]); println(i, p); end
display(k); display(pairs([1,2]))
println(eltype(k), keytype(k), valtype(k), eltype(pairs([1.0])))
g(x; y = 2, kw...) = (y, kw)
println(g(1; y = 3, z = 4))
println(first(k), [v for (_, v) in k], filter(p -> p.second > 1, k))
println(NamedTuple(k), " ", map(identity, collect(pairs((a = 1,)))))
p = pairs([1, 2])
p[2] = 5
println(p, " ", get(p, 3, 0), " ", keytype(p), valtype(p), " ", pairs((7, "x")), " ", haskey(p, 1))
println(k == Dict(:a => 1, :b => 2), " ", (:a => 1) in k, " ", sort!(collect(keys(Dict(k)))), " ", map(p -> p.second, collect(k)))
@noinline passed(; kw...) = throw(ArgumentError("x"))
try
    passed(a = 1, b = "c")
catch
    println(count("kw::@Kwargs{a::Int64, b::String}", sprint(showerror, ErrorException(""), catch_backtrace())))
end
