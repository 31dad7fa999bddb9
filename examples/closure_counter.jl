# Closures: counters with state of their own, and functions made from functions.

function counter(start = 0)
    n = start
    increment() = (n += 1)
    reset() = (n = start; nothing)
    return increment, reset
end

adder(k) = x -> x + k
compose(f, g) = x -> f(g(x))

function apply_times(f, n, x)
    for i in 1:n
        x = f(x)
    end
    return x
end

function collect_squares(n)
    squares = Int64[]
    visit = k -> push!(squares, k * k)
    for k in 1:n
        visit(k)
    end
    return squares
end

function (@main)(args)
    tick, reset = counter()
    other, _ = counter(100)
    tick()
    tick()
    println("tick: ", tick(), ", other: ", other())
    reset()
    println("after reset: ", tick())

    add3 = adder(3)
    println(add3(4), " ", adder(0.5)(1))
    println(compose(add3, x -> 2x)(5))
    println(apply_times(x -> 2x, 10, 1))
    println(collect_squares(8))

    functions = []
    for i in 1:3
        push!(functions, () -> i * 10)
    end
    for f in functions
        println(f())
    end
    return 0
end
