# Vectors: growing, shrinking, inserting, splicing, conversions on assignment.
a = [1, 2, 3]
println(push!(a, 4), push!(a, 5, 6), pop!(a), a)
println(pushfirst!(a, 0), pushfirst!(a, -2, -1), popfirst!(a), a)
println(insert!(a, 3, 99), deleteat!(a, 3), deleteat!(a, 1:2), deleteat!(a, [1, 3]))
b = collect(1:10)
println(splice!(b, 2), b, splice!(b, 2:4), b, splice!(b, 1, [7, 8, 9]), b, splice!(b, 2:1, [0]), b)
println(append!([1], 4:5), prepend!([1], [2, 3]), append!(Float64[], [1, 2]), resize!([1, 2, 3], 2))
println(reverse([1, 2, 3]), reverse!([1, 2]), sort([3, 1, 2]), sort([3, 1, 2], rev = true), sort(["b", "a"]), sort([-3, 2], by = abs))
println(sortperm([3, 1, 2]), issorted([1, 2]), unique([1, 2, 1]), unique(x -> x % 2, 1:5), allunique([1, 1]))
println(filter!(isodd, [1, 2, 3]), findall(isodd, [1, 2, 3]), findfirst(==(2), [1, 2]), findlast(isodd, [1, 3, 4]), findnext(isodd, [1, 2, 3], 2))
println(argmax([1, 5, 2]), argmin([1, 5, 0]), extrema([3, 1, 2]), findmax([1, 5]), findmin([4, 2]), maximum([1 2; 3 4]))
println(accumulate(+, [1, 2, 3]), accumulate(*, 1:4), cumsum([1, 2]), cumprod([1.5, 2]), accumulate(max, [1, 3, 2]), cumsum(Int8[100, 100]))
println(reduce(+, [1, 2]), mapreduce(abs, max, [-3, 2]), foldl(=>, [1, 2, 3]), foldr(=>, [1, 2, 3]), sum([true, true]), prod(Int8[100, 2]))
println(collect(zip(1:2, "ab", [:x, :y])), collect(enumerate("ab")), collect(eachindex([5, 6])), axes([1 2; 3 4]), collect(pairs([7])))
println(first(1:5), last("abc"), isempty([]), in(2, [1, 2]))
f = Float64[1, 2]
f[1] = 5
push!(f, 3)
println(f, eltype(f))
try
    push!(Int[], 1.5)
catch e
    println(e)
end
try
    Int[1][2]
catch e
    println(typeof(e))
end
println(fill(7, 3), fill("a", 2, 2), zeros(2), ones(Int, 2), trues(2), falses(2), similar([1, 2]) |> length, zeros(Int, 2, 2))
c = [1, 2, 3]
d = copy(c)
d[1] = 100
e = c
e[2] = 50
println(c, d, e, c == e, c === e)
println(vcat([1], [2, 3], 4), hcat([1, 2], [3, 4]), [1, 2]..., cat([1], [2], dims = 1), repeat([1, 2], 2), repeat("ab", 2))
println(map(+, [1, 2], [10, 20]), map((x, y, z) -> x + y + z, [1], [2], [3]), foreach(identity, [1]))
println([1, 2, 3][2:end], [1, 2, 3][[true, false, true]], [1, 2, 3][[3, 1]], [5, 6][:], view([1, 2, 3], 2:3))
println([1, 2] == [1, 2], [1, 2] == (1, 2), [1, 2] < [1, 3], isequal([NaN], [NaN]), [NaN] == [NaN], [1] == [1.0])
g = [3, 1, 2]
sort!(g)
println(g, searchsortedfirst(g, 2), searchsortedlast(g, 2), searchsorted(g, 4))
println(any(isodd, [2, 4]), all(iseven, [2, 4]), count(isodd, [1, 2, 3]), sum(x -> x^2, [1, 2]), minimum(abs, [-1, -5]))
println(circshift([1, 2, 3], 1), diff([1, 4, 9]), only([5]), clamp.([1, 5, 9], 2, 6), rot180([1 2; 3 4]))
println(empty!([1, 2]), Vector{Int}(undef, 0), Int[], Any[1, "a"], [nothing, 1], [1, 2.5], [1, "a"], [])
h = [[1, 2], [3]]
k = deepcopy(h)
h[1][1] = 9
println(k, h, copy(h)[1] === h[1])
println(replace([1, 2, 1], 1 => 0), setdiff([1, 2], [2]), union([1], [2, 1]), intersect([1, 2], [2, 3]))
