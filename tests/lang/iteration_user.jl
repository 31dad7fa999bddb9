# The iteration protocol: user iterators in loops, comprehensions, destructuring, splatting, collect and reductions.
struct Fib
    n::Int
end
Base.iterate(f::Fib, (i, a, b) = (1, 0, 1)) = i > f.n ? nothing : (a, (i + 1, b, a + b))
Base.length(f::Fib) = f.n
Base.eltype(::Type{Fib}) = Int
println(collect(Fib(8)), sum(Fib(10)), [x^2 for x in Fib(5)], maximum(Fib(6)), 13 in Fib(10), collect(Iterators.take(Fib(100), 3)))
a, b, c = Fib(5)
println(a, b, c, (Fib(4)...,), [Fib(3)..., 100], max(Fib(6)...), count(iseven, Fib(9)), foldl(-, Fib(4)), first(Fib(3)))
println(zip(Fib(3), "abc") |> collect, enumerate(Fib(2)) |> collect, map(x -> x + 1, Fib(4)), reduce(+, Fib(3)), Set(Fib(4)) == Set([0, 1, 2]), any(>(3), Fib(6)), isempty(Fib(0)))
struct Unknown end
Base.iterate(::Unknown, s = 0) = s >= 3 ? nothing : (s, s + 1)
Base.IteratorSize(::Type{Unknown}) = Base.SizeUnknown()
println(collect(Unknown()), [x for x in Unknown()], Tuple(Unknown()), sum(x for x in Unknown()), typeof(collect(Unknown())))
struct NoLength end
Base.iterate(::NoLength, s = 0) = s >= 2 ? nothing : (s, s + 1)
try
    collect(NoLength())
catch e
    println(typeof(e))
end
for x in NoLength()
    print(x, " ")
end
println()
mutable struct Once
    left::Int
end
Base.iterate(o::Once, ::Nothing = nothing) = o.left == 0 ? nothing : ((o.left -= 1) + 1, nothing)
Base.IteratorSize(::Type{Once}) = Base.SizeUnknown()
o = Once(3)
for x in o
    print(x, " ")
    x == 2 && break
end
println(collect(o), collect(o))
struct Chars
    s::String
end
Base.iterate(c::Chars, state...) = iterate(c.s, state...)
Base.length(c::Chars) = length(c.s)
println(join(Chars("añb"), "-"), collect(Chars("xy")), [c for c in Chars("pq")])
struct Tree
    value
    children::Vector{Tree}
end
Tree(v) = Tree(v, Tree[])
walk(t::Tree) = Iterators.flatten(([t.value], Iterators.flatten(walk(c) for c in t.children)))
println(collect(walk(Tree(1, [Tree(2), Tree(3, [Tree(4)])]))))
ranges = (i:i+1 for i in 1:2)
println([x for r in ranges for x in r], sum(sum, ranges), collect(Iterators.flatten(ranges)))
