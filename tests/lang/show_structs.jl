# Structs print as the call that makes them.
struct Point
    x::Int64
    y::Float64
end
mutable struct Named
    name::String
    tag::Symbol
end
struct Wrapper{T}
    value::T
end
struct Empty end
println(Point(1, 2.0))
println(Named("n", :t))
println(Wrapper(1), " ", Wrapper("s"), " ", Wrapper(Point(1, 2)))
println(Empty())
println([Point(1, 2), Point(3, 4)])
println((Point(1, 2), nothing))
show(Named("q\"", :t)); println()
println(Point, " ", Wrapper{Int64}, " ", Wrapper)
println(typeof(Wrapper(1.5)), " ", typeof([Wrapper(1)]))
