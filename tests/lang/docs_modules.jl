# Docstrings inside modules, on operators' methods, and texts that are computed.
module Shapes
"An area."
area(r) = 3r^2
"""
A shape with sides.
"""
abstract type Shape end
"Doubles `x`."
macro dbl(x)
    :(2 * $(esc(x)))
end
for name in (:left, :right)
    @eval begin
        @doc $("Goes $name.") $name() = $(string(name))
    end
end
export area
end
using .Shapes
println(@doc area)
println(@doc Shapes.Shape)
println(@doc Shapes.left)
println(Shapes.left(), Shapes.right(), area(2), Shapes.@dbl 4)
n = 3
@doc "has $n parts" parts() = n
println(@doc parts)
