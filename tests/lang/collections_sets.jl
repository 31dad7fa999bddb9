# Sets and set operations on any collection.
s = Set([1, 2, 2])
println(length(s), 1 in s, 3 in s, push!(s, 3) === s, length(s), delete!(s, 1) === s, 1 in s)
println(sort(collect(union(s, [9]))), sort(collect(intersect(s, Set([2, 9])))), collect(setdiff(s, [2])), sort(collect(symdiff(Set([1, 2]), Set([2, 3])))))
println(issubset([1], s), Set([2]) ⊆ s, s ⊇ Set([2]), Set([1]) ⊊ Set([1, 2]), Set([1, 2]) == Set([2, 1]), isdisjoint(Set([1]), Set([2])))
println(Set([1]) ∪ Set([1]), Set([1, 2]) ∩ Set([2]), union([1, 2], [2, 3]), intersect([1, 2, 3], [3, 2]), setdiff([1, 2, 3], [2]), symdiff([1, 2], [2, 3]))
println(typeof(Set([1, 2])), typeof(Set()), typeof(Set("ab")), typeof(Set(x^2 for x in 1:3)), eltype(Set([1.5])))
println(Set{Int}() == Set(), isempty(Set()), Set("a"), Set([(1, 2)]), Set([[1]]) == Set([[1]]))
println(filter(isodd, Set([1, 2])), sort([x for x in Set([3, 1])]), sum(Set([1, 2, 3])), maximum(Set([4, 5])), any(isodd, Set([2])))
t = Set([1, 2, 3])
union!(t, [4], [5])
setdiff!(t, [1])
intersect!(t, [2, 3, 4])
println(sort(collect(t)), length(empty!(t)), pop!(Set([7])), copy(Set([1])) == Set([1]))
println(unique([3, 1, 3]), unique("hello"), allunique([1, 2]), allunique("aa"), Set([1, 1.0]), issetequal([1, 2], [2, 1, 1]))
seen = Set{String}()
for w in split("a b a c b")
    w in seen ? print(w, "! ") : push!(seen, w)
end
println(length(seen))
println(in(Set([1, 2])).([1, 3]), Set([1, 2]) == [1, 2], hash(Set([1, 2])) == hash(Set([2, 1])), first(Set([5])))
println([1, 2] ∪ (3:4), ∪([1], [2], [3]), ∩([1, 2], [2, 3], [2]), 1 ∈ Set(1), Set(Any[1, "a"]) isa Set{Any})
try
    pop!(Set([1]), 2)
catch e
    println(e)
end
