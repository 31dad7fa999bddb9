# InteractiveUtils: types above and below, methods that take a type, what a call calls, and what is not there yet.
using InteractiveUtils

abstract type Shape end
abstract type Round{T} <: Shape end
struct Square <: Shape
    side::Int
end
struct Circle{T} <: Round{T}
    radius::T
end
struct Oval{T<:Real} <: Round{T}
    a::T
    b::T
end
module Inner
import ..Shape
struct Star <: Shape end
end
const Alias = Square

println(supertypes(Int))
println(supertypes(Circle{Int}))
println(subtypes(Shape))
println(subtypes(Round))
println(subtypes(Round{String}))
println(subtypes(Round{Float64}))
println(subtypes(Square), " ", subtypes(Inner, Shape))
println(subtypes(Unsigned))

area(s::Square) = s.side^2
area(c::Circle, scale=1) = 3 * c.radius^2 * scale
name(::Shape) = "shape"
name(::Square; long=false) = long ? "a square" : "square"
both(a, b::Square) = 1
several(a::Vararg{Square}) = 2
println(length(methodswith(Square, name)), " ", length(methodswith(Square, area)), " ", length(methodswith(Square, area; supertypes=true)))
println(length(methodswith(Square, name; supertypes=true)), " ", [m.name for m in methodswith(Square, both)])
println(length(methodswith(Circle, area)))

s = Square(2)
line(m) = (m.name, m.line)
println(line(@which area(s)), " ", line(@which area(Circle(1), 2)), " ", line(@which name(s)), " ", line(@which name(Circle(1.5))))
println(line(@which both(1, s)), " ", parentmodule(@which s.side), " ", @which(area), " ", @which(sin))
println((@which [1, 2][1]).name, " ", (@which 1 + 2).name, " ", (@which map(x -> x, [1])).name)
println((@functionloc area(s))[2])
for ask in (() -> @which(undefined_one(1)), () -> @which(area("x")), () -> @less(sin(1)), () -> @edit(sin(1)), () -> @code_typed(sin(1)),
            () -> @code_native(area(s)), () -> less("x"), () -> code_warntype(sin, (Int,)))
    try
        ask()
        println("no error")
    catch e
        println(sprint(showerror, e))
    end
end
"Counts the wombats in a paddock."
wombats(paddock) = 3
"A paddock for Wombats."
struct Paddock end
"Nothing of the kind."
other() = 1
apropos("WOMBAT")
println(length(split(sprint(versioninfo), '\n')) > 2)
