# A program adds methods to functions of the base library that its compiled code calls.
struct Money
    cents::Int64
end
sum_up(list) = foldl(+, list)

function (@main)(args)
    println(sum_up([1, 2, 3]), " ", Money(5))
    return 0
end
