# A type's own `show`, with two arguments and with three.
struct Point
    x::Int
    y::Int
end
Base.show(io::IO, p::Point) = print(io, "<", p.x, ", ", p.y, ">")
struct Wide
    name::String
end
Base.show(io::IO, w::Wide) = print(io, "Wide(", w.name, ")")
Base.show(io::IO, ::MIME{Symbol("text/plain")}, w::Wide) = print(io, "a wide one:\n  ", w.name)
p = Point(1, 2)
println(p, " ", [p, p], " ", (p,), " ", Dict(:p => p), " ", "$p ", string(p), repr(p), " ", p => p)
show(stdout, MIME("text/plain"), p); println()
show(stdout, MIME("text/plain"), [p]); println()
w = Wide("w")
println(w, " ", [w])
show(stdout, MIME("text/plain"), w); println()
show(stdout, MIME("text/plain"), [w, w]); println()
println(repr(MIME("text/plain"), w) == repr("text/plain", w), " ", sprint(show, MIME("text/plain"), w))
struct Plain
    p::Point
    w::Vector{Wide}
end
println(Plain(p, [w]))
Base.print(io::IO, p::Plain) = print(io, "printed")
println(Plain(p, []), " ", [Plain(p, [])])
