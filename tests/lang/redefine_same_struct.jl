# A struct declared again as it was keeps its methods, its instances and the code that was compiled for it.
struct Box{T}
    value::T
    Box(x::T) where T = new{T}(x)
end
mutable struct Cell
    n::Int64
end
abstract type Shape end
struct Square <: Shape
    side::Float64
end
area(s::Square) = s.side^2
open_box(b::Box) = b.value
const first_box = Box(1)
const first_square = Square(2.0)
bump(c) = (c.n += 1; c.n)
report() = (open_box(first_box), area(first_square), bump(Cell(1)), first_box isa Box, typeof(Box(2)) === typeof(first_box))

function (@main)(args)
    println(report())
    return 0
end
