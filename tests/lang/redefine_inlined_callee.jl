# A small callee that was inlined into compiled code is defined anew, then gets a more specific method.
area(r) = 3 * r * r
twice(n) = 2 * area(n)

function (@main)(args)
    println(area(2), " ", twice(3), " ", twice(1.5))
    return 0
end
