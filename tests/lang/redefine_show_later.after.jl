main(String[])
Base.show(io::IO, p::Point) = print(io, p.x, "@", p.y)
main(String[])
Base.print(io::IO, p::Point) = write(io, "printed")
main(String[])
Base.string(p::Point) = "made"
println(string(Point(1, 2)), " ", interpolated(Point(1, 2)), " ", repr(Point(1, 2)))
Base.show(io::IO, p::Point) = print(io, "P")
