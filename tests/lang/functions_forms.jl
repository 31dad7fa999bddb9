# Every way to write a function.
function long(x, y)
    x + y
end
short(x) = 2x
anon = x -> x + 1
block = function (a, b)
    a * b
end
noargs() = "none"
typed(x::Int64)::Float64 = x
function returns_early(x)
    x < 0 && return "negative"
    if x == 0
        return "zero"
    end
    "positive"
end
nothing_returned() = return
println(long(1, 2), short(4), anon(1), block(3, 4), noargs(), typed(3))
println(returns_early(-1), returns_early(0), returns_early(1), nothing_returned())
println(map(x -> x^2, [1, 2, 3]), map((a, b) -> a + b, (1, 2), (3, 4)))
println((() -> 42)(), (x -> x)(1), ((a, b...) -> b)(1, 2, 3))
r = map([1, 2, 3]) do x
    y = x * 10
    y + 1
end
println(r)
swap((a, b)) = (b, a)
println(swap((1, 2)))
println([1, 2, 3] |> sum |> string)
f(x; scale = 2, offset = 0) = x * scale + offset
println(f(1), " ", f(1; scale = 5), " ", f(1, offset = 3), " ", f(2, offset = 1, scale = 10))
