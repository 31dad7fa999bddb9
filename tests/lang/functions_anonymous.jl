# Anonymous functions, do blocks, returns in odd places, varargs, optional arguments, blocks as values.
println(map((x, y = 2) -> x + y, [1, 2]))
g = (x, y = 2; z = 3) -> (x, y, z)
println(g(1), g(1, 5), g(1, z = 0))
h = function (x)
    x > 1 && return "big"
    "small"
end
println(h(2), h(0))
k = () -> 42
println(k())
v = (args...) -> length(args)
println(v(), v(1, 2))
t = ((a, b),) -> a + b
println(t((1, 2)))
typed = (x::Int) -> x
println(typed(1))
try
    typed("a")
catch e
    println(typeof(e))
end
println(map([1, 2, 3]) do x
    x == 2 && return 0
    x * 10
end)
println(foldl([1, 2, 3]; init = 0) do acc, x
    acc + x^2
end)
function apply(f, args...; times = 1)
    r = nothing
    for _ in 1:times
        r = f(args...)
    end
    r
end
println(apply() do
    "no args"
end)
println(apply(1, 2; times = 3) do a, b
    a + b
end)
println(apply((1, 2)) do (a, b)
    a * b
end)
val = begin
    a = 1
    b = 2
    a + b
end
println(val)
val2 = (a = 5; b = 6; a * b)
println(val2)
f(a, b = a + 1, c = a + b) = (a, b, c)
println(f(1), f(1, 1), f(1, 1, 1))
w(first, rest...) = (first, rest)
println(w(1), w(1, 2, 3))
o(a, b = 2, rest...) = (a, b, rest)
println(o(1), o(1, 3), o(1, 3, 4, 5))
spread(a, b, c) = a + b + c
println(spread([1, 2, 3]...), spread(1, (2, 3)...))
nothing_returned() = return
println(nothing_returned())
function implicit(x)
    if x
        "yes"
    end
end
println(implicit(true), implicit(false))
function returned_tuple()
    return 1, 2
end
println(returned_tuple())
function in_argument(x)
    push!([1], (return x + 1))
    error("not reached")
end
println(in_argument(4))
function return_in_block()
    y = begin
        return "early"
        1
    end
    y
end
println(return_in_block())
fact = n -> n <= 1 ? 1 : n * fact(n - 1)
println(fact(5))
println((() -> (1; 2))())
println((function (n) n^2 end)(7))
compose(f, g) = (x...) -> f(g(x...))
println(compose(sqrt, +)(7, 9))
println(((x)->x)(1), (x->begin
    y = x
    y + 1
end)(2))
curried = Base.Fix2(-, 1)
println(curried(5), Base.Fix1(-, 10)(3))
println(map(x -> (x, x^2), 1:3))
println([(() -> i)() for i in 1:3])
a, f2 = 1, x -> x + 1
println(f2(a))
lazy_and(x) = x > 0 && begin
    x * 2
end
println(lazy_and(3), lazy_and(-1))
println(typeof(println) <: Function)
function with_docs end
println(with_docs isa Function)
