# Functions inside functions: several methods, default arguments, recursion, keyword arguments, captured variables.
function outer(n)
    helper(x) = x + n
    helper(x, y) = helper(x) * y
    helper(x::String) = x * string(n)
    return helper(1), helper(1, 2), helper("s")
end
println(outer(10))
function defaults(n)
    g(x, y = n, z = x + y) = (x, y, z)
    return g(1), g(1, 2), g(1, 2, 3)
end
println(defaults(5))
function kws(n)
    g(x; scale = n, rest...) = (x * scale, length(rest))
    return g(2), g(2, scale = 3), g(2; other = 1)
end
println(kws(4))
function rec(n)
    function walk(k, acc)
        k == 0 && return acc
        return walk(k - 1, [acc; k])
    end
    return walk(n, Int[])
end
println(rec(3))
function accumulate_all(xs)
    total = 0
    history = Int[]
    function add!(x)
        total += x
        push!(history, total)
        return total
    end
    foreach(add!, xs)
    return total, history
end
println(accumulate_all([1, 2, 3]))
make_adders() = [x -> x + i for i in 1:3]
println([f(10) for f in make_adders()])
function bank(balance)
    deposit!(x) = (balance += x)
    withdraw!(x) = x > balance ? error("insufficient") : (balance -= x)
    return (deposit! = deposit!, withdraw! = withdraw!, balance = () -> balance)
end
b = bank(100)
b.deposit!(50)
b.withdraw!(30)
println(b.balance())
println(try b.withdraw!(1000) catch e; e.msg end)
function typed(x::T) where {T}
    inner(y::T) = "same $T"
    inner(y) = "other $(typeof(y)) not $T"
    return inner(x), inner("s")
end
println(typed(1))
function memo()
    cache = Dict{Int,Int}()
    fib(n) = get!(cache, n) do
        n < 2 ? n : fib(n - 1) + fib(n - 2)
    end
    return fib(50), length(cache)
end
println(memo())
function loop_closures()
    fs = []
    for i in 1:3
        s = i^2
        push!(fs, () -> (s += 1))
    end
    return [f() for f in fs], [f() for f in fs]
end
println(loop_closures())
function swap_captured()
    a, b = 1, 2
    swap!() = ((a, b) = (b, a); nothing)
    swap!()
    return a, b
end
println(swap_captured())
compose(f, g) = x -> f(g(x))
twice(f) = compose(f, f)
println(twice(twice(x -> 2x))(1))
y_combinator(f) = (x -> x(x))(x -> f(n -> x(x)(n)))
println(y_combinator(self -> n -> n <= 1 ? 1 : n * self(n - 1))(6))
