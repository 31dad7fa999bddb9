# Objects that are called, and methods added to types.
struct Adder
    n::Int64
end
(a::Adder)(x) = a.n + x
(a::Adder)(x, y) = a.n + x + y
add3 = Adder(3)
println(add3(4), " ", add3(4, 5), " ", map(add3, [1, 2]))
struct Poly{T}
    c::Vector{T}
end
function (p::Poly)(x)
    total = zero(x)
    for k in length(p.c):-1:1
        total = total * x + p.c[k]
    end
    return total
end
println(Poly([1, 2, 3])(2))
apply(f, xs...) = f(xs...)
println(apply(+, 1, 2, 3), " ", apply(string, "a", 1), " ", apply(Adder, 7).n)
Adder(s::String) = Adder(parse(Int64, s))
println(Adder("5")(1))
