# Tuples and named tuples.
t = (1, "a", 2.5)
println(t[1], t[end], length(t), t[2:3], (t..., 4), typeof(t), t == (1, "a", 2.5), 1 in t, first(t), last(t), reverse(t))
println((), (1,), typeof(()), isempty(()), (1, 2) < (1, 3), (1, 2) == (1.0, 2.0), isless((1,), (1, 2)), max((1, 2), (1, 3)))
println(map(x -> 2x, (1, 2, 3)), map(+, (1, 2), (3, 4)), sum((1, 2, 3)), maximum((1, 5, 2)), collect((1, 2)), Tuple([1, 2]), Tuple("ab"), ntuple(i -> i^2, 3), ntuple(identity, Val(2)))
println(findfirst(==(2), (1, 2)), filter(isodd, (1, 2, 3)), any(isodd, (2, 4)), foldl(-, (1, 2, 3)), zip((1, 2), (3, 4)) |> collect, enumerate((5, 6)) |> collect, sort([(2, 1), (1, 2)]))
a, b = (1, 2)
(c, d), e = (3, 4), 5
println(a, b, c, d, e, Base.tail((1, 2, 3)), Base.front((1, 2, 3)), Base.setindex((1, 2), 9, 1))
n = (x = 1, y = "b")
println(n.x, n[:y], n[1], keys(n), values(n), haskey(n, :x), length(n), typeof(n), merge(n, (z = 3,)), merge(n, (x = 10,)), (; n..., w = 4))
println(NamedTuple{(:a, :b)}((1, 2)), n == (x = 1, y = "b"), n == (y = "b", x = 1), [k => v for (k, v) in pairs(n)], map(string, (a = 1, b = 2)), isempty(NamedTuple()), collect(n), get(n, :q, 0))
x, y = n
println(x, y, (a = 1,), (; a = 1), NamedTuple(), propertynames(n), Base.structdiff(n, (x = 0,)), hash((1, 2)) == hash((1, 2)))
f(; kw...) = values(kw)
println(f(a = 1, b = 2), eltype((1, 2.0)), eltype((a = 1, b = 2)), (1, (2, (3,))), ((1, 2) .+ (3, 4)), (1, 2) isa NTuple{2,Int}, (1, 2.0) isa Tuple{Int,Real}, Tuple{Int,String}((1, "a")))
try
    t[4]
catch err
    println(typeof(err))
end
try
    n.z
catch err
    println(typeof(err))
end
swap((p, q)) = (q, p)
println(swap((1, 2)), first.([(1, 2), (3, 4)]), last((a = 1, b = 2)), (1:3...,), (1, 2)..., tuple(1, 'a'), Dict(pairs((k = 1,))), typeof((1, :a => 2)))
