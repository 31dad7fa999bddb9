# Closures: fresh bindings in loops, boxes for what is assigned after capture, recursion of inner functions.
function makers()
    fs = Function[]
    for i in 1:3
        push!(fs, () -> i)
    end
    return [f() for f in fs]
end
println(makers())
function while_shares()
    fs = []
    i = 0
    while i < 3
        i += 1
        push!(fs, () -> i)
    end
    return [f() for f in fs]
end
println(while_shares())
function fresh_in_body()
    fs = []
    i = 0
    while i < 3
        i += 1
        local j = i
        push!(fs, () -> (j += 10))
    end
    return [f() for f in fs], [f() for f in fs]
end
println(fresh_in_body())
function counter()
    n = 0
    increment() = (n += 1)
    value() = n
    return increment, value
end
inc, val = counter()
inc(); inc()
println(val())
function inner_recursion(n)
    fact(k) = k <= 1 ? 1 : k * fact(k - 1)
    return fact(n)
end
println(inner_recursion(10))
function mutual(n)
    isev(k) = k == 0 ? true : isod(k - 1)
    isod(k) = k == 0 ? false : isev(k - 1)
    return isev(n), isod(n)
end
println(mutual(7))
function assigned_later()
    f = () -> x
    x = 5
    return f()
end
println(assigned_later())
function undefined_capture()
    f = () -> y
    try
        return f()
    catch e
        return e isa UndefVarError
    end
    y = 1
end
println(undefined_capture())
adder(a) = b -> c -> a + b + c
println(adder(1)(2)(3))
function inner_methods()
    g(x::Int) = "int"
    g(x::String) = "string"
    g(x, y) = "two"
    return g(1), g("a"), g(1, 2)
end
println(inner_methods())
function conditional(flag)
    if flag
        h = x -> x + 1
    else
        h = x -> x * 2
    end
    return h(10)
end
println(conditional(true), " ", conditional(false))
function shadow(x)
    f = x -> x + 1
    g = let x = 100
        () -> x
    end
    return f(1), g(), x
end
println(shadow(7))
function argument_captured(x)
    x = x + 1
    f() = x
    x = x * 2
    return f()
end
println(argument_captured(3))
compose_all(fs...) = x -> foldl((a, f) -> f(a), fs, init = x)
println(compose_all(x -> x + 1, x -> x * 2)(3))
function typed_capture()
    total::Int = 0
    add(x) = (total += x)
    add(2.0)
    add(3)
    return total
end
println(typed_capture())
