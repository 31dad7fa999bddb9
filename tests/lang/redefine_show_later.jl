# `show` of a type comes after code that printed it, alone and inside other values.
struct Point
    x::Int64
    y::Int64
end
text() = string(Point(1, 2), " ", repr(Point(1, 2)), " ", [Point(3, 4)], " ", (Point(5, 6),), " ", :a => Point(7, 8))
interpolated(p) = "<$p>"

function (@main)(args)
    println(text())
    println(interpolated(Point(0, 0)))
    return 0
end
