# Dispatch over a hierarchy of shapes, on one argument and on two.

abstract type Shape end
abstract type Polygon <: Shape end

struct Circle <: Shape
    radius::Float64
end

struct Rectangle <: Polygon
    width::Float64
    height::Float64
end

struct Square <: Polygon
    side::Float64
end

struct Triangle <: Polygon
    a::Float64
    b::Float64
    c::Float64
end

area(s::Circle) = 3.141592653589793 * s.radius * s.radius
area(s::Rectangle) = s.width * s.height
area(s::Square) = s.side * s.side
function area(s::Triangle)
    p = (s.a + s.b + s.c) / 2
    return sqrt(p * (p - s.a) * (p - s.b) * (p - s.c))
end

describe(s::Shape) = "a shape"
describe(s::Polygon) = "a polygon"
describe(s::Square) = "a square"

collide(a::Shape, b::Shape) = "something hits something"
collide(a::Circle, b::Shape) = "a circle hits something"
collide(a::Shape, b::Circle) = "something hits a circle"
collide(a::Circle, b::Circle) = "circles meet"
collide(a::Polygon, b::Polygon) = "edges cross"

total_area(shapes...) = total(shapes)
function total(shapes)
    sum = 0.0
    for s in shapes
        sum += area(s)
    end
    return sum
end

half(x::Union{Int64,Float64}) = x / 2
half(x::String) = "half of " * x

function (@main)(args)
    shapes = Shape[Circle(1.0), Rectangle(2.0, 3.0), Square(1.5), Triangle(3.0, 4.0, 5.0)]
    for s in shapes
        println(typeof(s), ": ", describe(s), " of area ", area(s))
    end
    for a in shapes, b in shapes
        println(collide(a, b))
    end
    println("total: ", total_area(Square(1.0), Square(2.0), Circle(0.5)))
    println(half(3), " ", half(2.5), " ", half("a loaf"))
    return 0
end
