# Keyword arguments: defaults from earlier ones, splatting, required, typed, in every kind of function.
f(x, y = x + 1; a = x, b = a + y, c = "c") = (x, y, a, b, c)
println(f(1))
println(f(1, 5))
println(f(1, b = 0))
println(f(1; a = 10))
println(f(1, 2; c = 'z', a = 3))
g(; kw...) = kw
println(collect(g(x = 1, y = 2)))
println(isempty(g()))
h(args...; first, rest...) = (args, first, (; rest...))
println(h(1, 2; first = 3))
println(h(; first = 3, z = 4, y = 5))
try
    h(1)
catch e
    println(e isa UndefKeywordError)
end
nt = (a = 1, b = 2)
k(; a, b = 0, c = 9) = (a, b, c)
println(k(; nt...))
println(k(; nt..., b = 7))
println(k(; c = 1, nt...))
a, b = 3, 4
println(k(; a, b))
p = (a = 5,)
println(k(; p.a))
println(k(; :a => 1, :c => 2))
println(k(; [(:a, 1), (:b, 2)]...))
println(k(; Dict(:a => 10)...))
typed(; n::Int = 1, s::String = "s") = (n, s)
println(typed(n = 2))
try
    typed(n = 1.5)
catch e
    println(typeof(e))
end
try
    typed(m = 1)
catch e
    println(typeof(e))
end
anonymous = (x; y = 2) -> x + y
println(anonymous(1), anonymous(1; y = 10))
anonymous2 = function (x, z = 3; y = 2)
    x + y + z
end
println(anonymous2(1), anonymous2(1, 1, y = 10))
struct Point
    x::Int
    y::Int
    Point(; x = 0, y = 0) = new(x, y)
end
println(Point(y = 3))
struct Scaled
    by::Int
end
(s::Scaled)(x; offset = 0) = s.by * x + offset
println(Scaled(3)(2), Scaled(3)(2, offset = 1))
import Base: +
+(a::Point, b::Point; wrap = 100) = Point(x = mod(a.x + b.x, wrap), y = mod(a.y + b.y, wrap))
println(Point(x = 1) + Point(y = 2))
println(+(Point(x = 1), Point(y = 2); wrap = 2))
with(f, args...; kw...) = f(args...; kw...)
println(with(f, 1; a = 2))
println(with(1, 2) do x, y
    x + y
end)
function outer(scale)
    inner(x; by = scale) = x * by
    return inner(2), inner(2, by = 5)
end
println(outer(10))
parametric(x::T; y::T = x) where {T} = (x, y, T)
println(parametric(1), parametric(2.0, y = 3.0))
positional(a, b = 2a, c...; d = length(c)) = (a, b, c, d)
println(positional(1), positional(1, 2), positional(1, 2, 3, 4))
println((x -> 2x)(4))
returned(x; y = (x > 1 && return "early"; 5)) = y
println(returned(0))
