# `for` over user types, through `iterate`.
struct Countdown
    from::Int64
end
Base.iterate(c::Countdown) = c.from < 1 ? nothing : (c.from, c.from - 1)
Base.iterate(c::Countdown, n) = n < 1 ? nothing : (n, n - 1)
Base.length(c::Countdown) = c.from
Base.eltype(::Type{Countdown}) = Int64
for x in Countdown(3)
    print(x, " ")
end
println()
println(collect(Countdown(4)), " ", sum(Countdown(4)), " ", [2x for x in Countdown(2)], " ", maximum(Countdown(3)))
a, b = Countdown(5)
println(a, b, " ", 2 in Countdown(3), " ", 9 in Countdown(3), " ", (Countdown(3)...,))
for (i, x) in enumerate(Countdown(2))
    print(i, "->", x, " ")
end
println()
println(collect(zip(Countdown(3), "abc")), " ", map(x -> x * 2, Countdown(3)))
struct Fib end
Base.iterate(::Fib, s = (0, 1)) = (s[1], (s[2], s[1] + s[2]))
function first_above(n)
    for f in Fib()
        f > n && return f
    end
end
println(first_above(100))
mutable struct Stack
    items::Vector{Int64}
end
Base.push!(s::Stack, x) = (push!(s.items, x); s)
Base.pop!(s::Stack) = pop!(s.items)
Base.isempty(s::Stack) = isempty(s.items)
Base.length(s::Stack) = length(s.items)
s = Stack(Int64[])
push!(push!(s, 1), 2)
println(pop!(s), length(s), isempty(s))
