# Modules: export, using, import, qualified names, nesting.
module Shapes
export area, Square
abstract type Shape end
struct Square <: Shape
    side::Int64
end
area(s::Square) = s.side^2
hidden() = "hidden"
counter = 0
bump() = (global counter += 1)
module Inner
using ..Shapes: Square
unit() = Square(1)
const NAME = "inner"
end
end
using .Shapes
println(area(Square(3)), " ", Shapes.hidden(), " ", Shapes.Inner.unit(), " ", Shapes.Inner.NAME)
Shapes.bump(); Shapes.bump()
println(Shapes.counter)
import .Shapes: hidden
println(hidden())
struct Circle <: Shapes.Shape
    r::Int64
end
Shapes.area(c::Circle) = 3 * c.r^2
println(area(Circle(2)))
module Uses
import ..Shapes
f() = Shapes.area(Shapes.Square(5))
end
println(Uses.f(), " ", Shapes, " ", Uses.Shapes === Shapes, " ", Main.Shapes === Shapes)
using .Shapes.Inner: unit
println(unit())
println(@isdefined(hidden), @isdefined(bump))
module Clean
x = 1
println(x, " ", @__MODULE__)
end
println(Clean.x)
