# Functions on vectors.
v = [3, 1, 2]
println(sort(v), " ", v, " ", sort!(v), " ", v, " ", sort([3, 1, 2], rev = true), " ", sort(["b", "a"]))
println(sort([-3, 2, 1], by = abs), " ", issorted([1, 2]), issorted([2, 1]), " ", sortperm([30, 10, 20]))
println(unique([1, 2, 1, 3]), " ", reverse!([1, 2, 3]), " ", cumsum([1, 2, 3]), " ", extrema([3, 1, 2]))
println(findall(isodd, [1, 2, 3]), " ", findlast(isodd, [1, 2, 3]), " ", argmax([1, 9, 3]), argmin([4, 2, 8]), " ", findmax([1, 9, 3]), findmin([4, 2, 8]))
println(collect(enumerate(["a", "b"])), " ", collect(zip([1, 2], "ab")), " ", union([1, 2], [2, 3]), intersect([1, 2], [2, 3]), setdiff([1, 2], [2]))
println(mapreduce(x -> x^2, +, [1, 2, 3]), " ", sum(x -> 2x, [1, 2]), " ", sum([1.5, 2]), " ", sum(Int64[]), " ", accumulate(*, [1, 2, 3]))
println(splice!([1, 2, 3], 2), " ", filter!(isodd, [1, 2, 3]), " ", append!([1], 2:3), " ", prepend!([3], [1, 2]), " ", repeat([1, 2], 2))
println(searchsortedfirst([1, 3, 5], 3), searchsortedlast([1, 3, 5], 4), " ", searchsorted([1, 3, 3, 5], 3), " ", only([7]))
println(map(+, [1, 2], [10, 20]), " ", fill!([1, 2], 0), " ", similar([1, 2]) isa Vector{Int64}, " ", vcat(1, [2, 3], 4))
println(any(iseven, [1, 3]), all(isodd, [1, 3]), " ", isempty(Int64[]), " ", [1, 2, 3][[true, false, true]], [10, 20, 30][[3, 1]])
println(digits(123), " ", sum(digits(999)), " ", digits(6, base = 2), " ", ndigits(12345), " ", factorial(5), " ", binomial(5, 2))
println( getindex([1, 2], 2), " ", allunique([1, 2, 1]), " ", copyto!([0, 0, 0], [1, 2]))
