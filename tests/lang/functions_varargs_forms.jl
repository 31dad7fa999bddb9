# Varargs and splatting in every position.
f(xs...) = xs
println(f(), f(1), f(1, 2), f([1, 2]...), f(1, (2, 3)..., 4), f("ab"...), f((1:3)...), f(Dict(:a => 1)...))
g(a, rest...) = (a, rest)
println(g(1), g(1, 2, 3), g((1, 2)...))
h(xs::Int...) = length(xs)
println(h(), h(1, 2))
try
    h(1, 2.0)
catch e
    println(typeof(e))
end
k(a, b = 2, c...; d...) = (a, b, c, values(d))
println(k(1), k(1, 3, 4, 5), k(1; z = 1), k([1, 2, 3]...; (q = 2,)...))
pairs_of(ps::Pair...) = map(first, ps)
println(pairs_of(:a => 1, :b => 2))
nested(xs...) = f(xs..., xs...)
println(nested(1, 2))
println([1, (2, 3)..., 4], (f(1, 2)..., 3), Int[f(1)..., 2], [f(1, 2)...; 3])
println(max([3, 1]..., 2), string("a", ["b", "c"]..., "d"), +((1, 2, 3)...), vcat([[1], [2, 3]]...), hcat([[1, 2], [3, 4]]...))
t(x::T, xs::T...) where {T} = (T, length(xs))
println(t(1), t(1, 2, 3))
try
    t(1, "a")
catch e
    println(typeof(e))
end
n(xs::Vararg{Any,3}) = "three"
n(xs...) = "other $(length(xs))"
println(n(1, 2, 3), n(1), n())
tt(::Tuple{Vararg{T}}) where {T} = T
println(tt((1, 2)), tt(("a",)))
apply(f, args...; kws...) = f(args...; kws...)
println(apply(f, 1, 2), apply((x; y = 1) -> x + y, 1; y = 5), apply(round, 2.567; digits = 1))
last_of(xs...) = xs[end]
first_of(xs...) = xs[1]
println(last_of(1, 2, 3), first_of(4, 5), (xs -> length(xs))(f(1, 2)))
function collect_all(args...; opts...)
    out = Any[args...]
    for (k, v) in opts
        push!(out, k => v)
    end
    return out
end
println(collect_all(1, "b"; c = 3), length(collect_all()))
println(broadcast(f, [1, 2], 3), f.([1, 2], [3, 4]), map(f, [1], [2], [3]), ((a, b) -> a * b).((1, 2), 3))
