# Code compiled for an abstract type meets types and methods that come later.
abstract type Shape end
struct Square <: Shape
    a::Float64
end
area(s::Square) = s.a^2
total(list::Vector{Shape}) = sum(area(s) for s in list)
name(::Shape) = "shape"
names_of(list) = join(map(name, list), ",")
list = Shape[Square(2), Square(3)]
println(total(list), " ", names_of(list))
struct Rect <: Shape
    a::Float64
    b::Float64
end
area(r::Rect) = r.a * r.b
push!(list, Rect(2, 5))
println(total(list), " ", names_of(list))
name(::Rect) = "rect"
println(names_of(list))
area(s::Shape) = 0.0
struct Dot <: Shape end
push!(list, Dot())
println(total(list), " ", names_of(list))
name(::Dot) = "dot"
name(::Square) = "square"
println(names_of(list))
