# Outer constructors and conversions are defined after callers were compiled.
struct Point
    x::Int64
    y::Int64
end
Point(x) = Point(x, 0)
origin() = Point(0)
middle(a, b) = Point(div(a.x + b.x, 2), div(a.y + b.y, 2))

function (@main)(args)
    println(origin(), " ", middle(Point(2), Point(4, 6)))
    return 0
end
