# Sets.
s = Set([1, 2, 2, 3])
println(length(s), " ", 2 in s, 9 in s, " ", sort(collect(s)))
push!(s, 4)
delete!(s, 1)
println(sort(collect(s)), " ", sort(collect(union(s, Set([9])))), " ", sort(collect(intersect(s, Set([2, 3])))), " ", sort(collect(setdiff(s, [2]))))
println(Set([1, 2]) == Set([2, 1]), " ", issubset([2], s), " ", isempty(Set()), " ", Set([5]), " ", typeof(Set(["a"])), " ", Set{Int64}())
for x in Set(['z'])
    println(x)
end
println(length(Set("hello")), " ", 'h' in Set("hello"), " ", Set([1]) ⊆ s)
