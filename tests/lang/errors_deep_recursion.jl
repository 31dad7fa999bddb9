# Too deep a recursion, of every kind, ends in an exception that can be caught.
# stress: 20000
overflows(f) = try
    f()
    false
catch e
    e isa StackOverflowError
end
forever(n) = forever(n + 1) + 1
odd(n) = even(n + 1) + 1
even(n) = odd(n + 1) + 1
struct Cell
    next::Any
end
mutable struct Link
    next::Any
end
function chain(n)
    cell = nothing
    for _ in 1:n
        cell = Cell(cell)
    end
    return cell
end
function vectors(n)
    v = Any[]
    for _ in 1:n
        v = Any[v]
    end
    return v
end
println(overflows(() -> forever(1)))
println(overflows(() -> odd(1)))
f = x -> f(x + 1) + 1
println(overflows(() -> f(1)))
deep = chain(200_000)
println(deep === chain(200_000))
println(deep === Cell(deep))
println(overflows(() -> objectid(deep)))
println(overflows(() -> length(string(deep))))
println(overflows(() -> length(repr(vectors(200_000)))))
println(overflows(() -> vectors(200_000) == vectors(200_000)))
link = Link(nothing)
link.next = link
println(link === link, " ", link.next === link)
println(overflows(() -> forever(1)))
println("still here")
