main(String[])
Shapes.area(s::Shapes.Square) = -s.side
main(String[])
struct Circle <: Shapes.Shape end
Shapes.area(::Circle) = 3.0
println(describe(Circle()))
Shapes.describe(c::Circle) = "round"
println(describe(Circle()), " ", describe(Shapes.Square(2)))
