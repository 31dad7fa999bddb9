# A method with any number of arguments gives way to ones with fixed numbers, one after the other.
describe(first, rest...) = string("many ", first, " ", rest)
calls(xs) = string(describe(1), "; ", describe(1, 2), "; ", describe(xs...))

function (@main)(args)
    println(calls((7, 8, 9)))
    return 0
end
