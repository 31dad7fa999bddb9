# Vectors: literals, indexing, growth.
v = [1, 2, 3]
push!(v, 4, 5)
println(v, " ", length(v), " ", v[1], v[end], " ", v[2:3], " ", v[end-1:end], " ", sum(v))
v[2] = 20
println(v, " ", pop!(v), " ", popfirst!(v), " ", v)
pushfirst!(v, 0)
insert!(v, 2, 99)
deleteat!(v, 3)
println(v, " ", isempty(v), isempty([]))
append!(v, [7, 8])
println(v, " ", reverse(v), " ", copy(v) == v, " ", copy(v) === v)
println([1, 2.5], " ", [1, 2.5, true], " ", typeof([1, "a"]), " ", typeof([]), " ", Float64[1, 2])
println(zeros(3), " ", ones(2), " ", zeros(Int64, 2), " ", fill(7, 3), " ", Vector{Int64}(undef, 0))
empty!(v)
println(v, " ", length(v))
println(collect(1:4), " ", [x^2 for x in 1:4], " ", [x for x in 1:6 if iseven(x)])
println(maximum([3, 9, 2]), minimum([3, 9, 2]), " ", prod([1, 2, 3, 4]), " ", any([false, true]), all([true, false]))
println(findfirst(x -> x > 1, [1, 2, 3]), " ", findfirst(isequal(9), [1]), " ", count(iseven, [1, 2, 4]))
println(map(x -> x + 1, [1, 2]), filter(isodd, [1, 2, 3]), reduce(+, [1, 2, 3]), foldl(-, [10, 2, 3]), foldr(-, [10, 2, 3]))
a = [1, 2, 3]
b = a
b[1] = 100
println(a, " ", a === b, " ", [1, 2] == [1, 2], " ", [1] < [2])
w = [[1, 2], [3]]
push!(w[2], 4)
println(w, " ", vcat([1], [2, 3]), " ", [[1]; [2, 3]], " ", in(2, [1, 2]))
println(resize!([1, 2, 3], 2), " ", last([1, 2]), first([5]), " ", eachindex([4, 5]), " ", axes([1, 2]))
