# Calls of objects: the method of their type is defined anew.
struct Adder
    n::Int64
end
(a::Adder)(x) = a.n + x
const three = Adder(3)
use(f) = f(10)

function (@main)(args)
    println(use(three), " ", map(three, [1, 2]))
    return 0
end
