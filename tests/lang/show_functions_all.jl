# Functions shown and printed: named ones by their names, others shown as objects and printed by the names of their types.
show(x -> x); println()
print(x -> x); println()
println("$(x->x)")
show([x -> x]); println()
f(a) = (x -> x + a)
show(f(1)); println()
print(f(1)); println()
g(a) = (inner(x) = x + a; inner)
show(g(1)); println(); print(g(1)); println()
show((i for i in 1:2)); println()
show((i+1 for i in 1:2)); println()
h() = (inner2(x) = x; inner2)
show(h()); println(); print(h()); println()
struct S; f; end
show(S(x -> x)); println()
show(S(sin)); println(); show(S(f)); println()
show(Base.Fix2(-, 1)); println()
println(Base.Iterators.flatten, " ", Base.thisind, " ", sin)
module M; f() = 1; end
println(M.f, " ", repr(M.f), " ", [M.f], " ", (M.f,), " ", M.f => 1)
println([sin, x -> x], (x -> x, sin), Dict(1 => sin))
println(repr(Base.:(|>)), repr(!), repr(M.eval))
println(string(x -> x), repr(x -> x))
struct Fun; a; end
(x::Fun)(y) = y
struct FF <: Function; a; end
println(Fun(1), repr(Fun(sin)))
println(FF(1), " ", repr(FF(2)), [FF(3)])
println(map(x -> x, [1]), typeof(x -> x) <: Function, nameof(x -> x))
show(+); println(); show(===); println(); show(Base.Iterators.flatten); println()
