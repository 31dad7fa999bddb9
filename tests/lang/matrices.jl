# Matrices: literals, indexing, size, products.
m = [1 2 3; 4 5 6]
println(m, " ", size(m), " ", size(m, 1), " ", length(m), " ", m[2, 3], m[1, 1], " ", m[3])
m[1, 2] = 20
println(m, " ", typeof(m), " ", m == [1 20 3; 4 5 6], " ", sum(m), " ", ndims(m))
println(zeros(2, 2), " ", ones(Int64, 1, 2), " ", fill(1.5, 2, 1))
println(m[1, :], " ", m[:, 1], " ", m[:, 2:3], " ", m[end, end])
a = [1 2; 3 4]
b = [0 1; 1 0]
println(a * b, " ", a + b, " ", a - b, " ", 2 * a, " ", a * [1, 1], " ", a', " ", a == a)
println([i * j for i in 1:2, j in 1:3], " ", hcat([1, 2], [3, 4]), " ", vcat([1 2], [3 4]), " ", [a b], " ", [a; b])
println(reshape([1, 2, 3, 4], 2, 2), " ", vec(a), " ", transpose(a) == a', " ", copy(a) == a)
for j in axes(a, 2), i in axes(a, 1)
    print(a[i, j], " ")
end
println()
println(map(x -> x + 1, a), " ", maximum(a), " ", eachindex(a), " ", [1 2], " ", [1; 2])
