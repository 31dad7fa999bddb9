# Iterators made of iterators.
println(collect(Iterators.take(1:10, 3)), collect(Iterators.drop([1, 2, 3], 1)), collect(Iterators.filter(iseven, 1:6)))
println(collect(Iterators.flatten([[1, 2], [3]])), collect(Iterators.take(Iterators.cycle([1, 2]), 5)), collect(Iterators.take(Iterators.countfrom(5), 2)))
println(collect(Iterators.reverse([1, 2, 3])), collect(Iterators.product(1:2, "ab")), collect(Iterators.take(Iterators.repeated(7), 2)))
for (i, (a, b)) in enumerate(zip([1, 2], ["x", "y"]))
    print(i, a, b, " ")
end
println()
println(collect(zip(1:2, 3:4, 5:6)), " ", sum(a * b for (a, b) in zip(1:3, 4:6)))
