# A constant that only an inlined callee, and its own callee, name is defined anew.
const rate = 10
const table = (1, 2, 3)
inner(x) = x * rate
middle(x) = inner(x) + table[2]
outer(x) = middle(x) - middle(0)
sum_of_table() = foldl(+, table)

function (@main)(args)
    println(outer(2), " ", middle(1), " ", sum_of_table())
    return 0
end
