main(String[])
const old_box, old_square, old_cell = Box, Square, Cell
struct Box{T}
    value::T
    Box(x::T) where T = new{T}(x)
end
abstract type Shape end
struct Square <: Shape
    side::Float64
end
mutable struct Cell
    n::Int64
end
main(String[])
println(old_box === Box, " ", old_square === Square, " ", old_cell === Cell, " ", Square(2.0) === first_square)
# The constructors are the new declaration's.
struct Box{T}
    value::T
    Box(x::T) where T = new{Float64}(x + 0.5)
end
main(String[])
println(Box(1), " ", first_box)
area(s::Shape) = 0.0
Base.delete_method(which(area, (Square,)))
main(String[])
