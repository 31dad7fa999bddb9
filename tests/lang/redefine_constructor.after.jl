main(String[])
Point(x) = Point(x, -1)
main(String[])
Point(x::Int64, y::Float64) = Point(x, round(Int64, y))
println(Point(1, 2.6))
Base.convert(::Type{Point}, t::Tuple) = Point(t[1], t[2])
list = Point[Point(1), (7, 8)]
println(list)
