# for and while: several loop variables, break and continue, iteration over anything, values.
for i in 1:2, j in 1:3
    j == 2 && continue
    i == 2 && j == 3 && break
    print((i, j), " ")
end
println()
for i in 1:3, j in i:3
    j > 2 && break
    print(i, j, " ")
end
println()
for i = 1:2
    for j = 1:3
        j == 2 && break
        print(i, j, " ")
    end
end
println()
let i = 0
    while true
        i += 1
        i % 2 == 0 && continue
        i > 7 && break
        print(i, " ")
    end
    println(i)
end
for c in "añb"
    print(c, ".")
end
println()
for (i, c) in enumerate("xy"), k in (10, 20)
    print(i, c, k, " ")
end
println()
for x in 5
    print(x)
end
println()
for (k, v) in zip([1, 2], ["a", "b"])
    print(k, v)
end
println()
for x in (1, "two", 3.0)
    print(typeof(x), " ")
end
println()
for i in 3:-1:1
    print(i)
end
for i in 0.0:0.5:1.0
    print(" ", i)
end
println()
println(for i in 1:2 end)
println(while false end)
for i in 1:3
    i = i * 10
    print(i, " ")
end
println()
function nested_return()
    for i in 1:10
        for j in 1:10
            i * j == 42 && return (i, j)
        end
    end
    return nothing
end
println(nested_return())
struct Countdown
    from::Int
end
Base.iterate(c::Countdown, n = c.from) = n < 1 ? nothing : (n, n - 1)
Base.length(c::Countdown) = c.from
for n in Countdown(3)
    print(n, " ")
end
println(collect(Countdown(3)), sum(Countdown(4)), [2n for n in Countdown(2)], maximum(Countdown(5)))
println(4 in Countdown(5), collect(enumerate(Countdown(2))), collect(zip(Countdown(2), "ab")))
Base.eltype(::Type{Countdown}) = Int
println(collect(Countdown(2)))
a, b, c = Countdown(3)
println(a, b, c)
println((Countdown(3)...,))
struct Fib end
Base.iterate(::Fib, (a, b) = (1, 1)) = (a, (b, a + b))
Base.IteratorSize(::Type{Fib}) = Base.IsInfinite()
println(collect(Iterators.take(Fib(), 8)))
for x in Fib()
    x > 20 && break
    print(x, " ")
end
println()
n = 0
while n < 3
    global n += 1
end
println(n)
do_while() = begin
    k = 0
    while true
        k += 1
        k >= 5 && break
    end
    k
end
println(do_while())
for i in Int[]
    println("never")
end
for (a, (b, c)) in [(1, (2, 3))]
    println(a + b + c)
end
for i in eachindex([5, 6, 7]), _ in 1:2
    print(i)
end
println()
