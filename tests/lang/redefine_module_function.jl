# Functions inside modules: called from outside, defined anew from outside and by extension.
module Shapes
export area, describe
abstract type Shape end
struct Square <: Shape
    side::Int64
end
area(s::Square) = s.side^2
describe(s::Shape) = string("area ", area(s))
end
using .Shapes

function (@main)(args)
    println(describe(Shapes.Square(3)))
    return 0
end
