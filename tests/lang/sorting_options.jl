# Sorting by the options of `sort` and its relatives.

function (@main)(args)
    a = [3, -1, 2, -5]
    println(sort(a, alg = InsertionSort), sort(a, alg = QuickSort, rev = true), sort(a, alg = MergeSort, by = abs))
    println(sort(a, lt = (x, y) -> abs(x) < abs(y)), sortperm(a), sortperm(a, rev = true), sortperm(a, alg = QuickSort))
    m = [3 1 2; 2 4 0]
    println(sort(m, dims = 1), sort(m, dims = 2), sort(m, dims = 2, rev = true))
    println(sortslices([3 1; 2 4; 2 1], dims = 1), sortslices([3 1; 2 4], dims = 2), sortslices([3 1; 2 4], dims = 1, rev = true))
    v = view([9, 7, 8, 1], 1:3)
    sort!(v)
    println(v, parent(v))
    n = copy(m)
    sort!(n, dims = 2)
    println(n)
    println(sort(["b", "A", "a"]), sort(["b", "A", "a"], by = lowercase), sort([(2, 'b'), (1, 'z'), (2, 'a')]))
    println(sort(5:-1:1), sort([0.0, -0.0, NaN, -Inf]), partialsort([5, 3, 9], 2), issorted([1, 1, 2]), issorted([2, 1], rev = true))
    return 0
end
