# Closures share and keep what they capture.
function make_counter()
    n = 0
    increment() = (n += 1; n)
    get() = n
    return increment, get
end
inc, get = make_counter()
inc(); inc()
println(get())
inc2, get2 = make_counter()
inc2()
println(get(), " ", get2())
adders = [x -> x + k for k in 1:3]
println([f(10) for f in adders])
function accumulate_all(xs)
    total = 0
    foreach(x -> total += x, xs)
    return total
end
println(accumulate_all([1, 2, 3]))
compose(f, g) = x -> f(g(x))
println(compose(sqrt, abs)(-16.0), " ", (sqrt ∘ abs)(-9.0))
