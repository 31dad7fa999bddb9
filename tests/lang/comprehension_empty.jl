# The element type of a collection made from nothing is what inference finds.
half(x) = x / 2
pair(x) = (x, string(x))
maybe(x) = x > 0 ? x : nothing
println(typeof([x for x in Int[]]))
println(typeof([half(x) for x in Int[]]))
println(typeof(map(pair, Int[])))
println(typeof(map(maybe, Int[])))
println(typeof([x + y for x in 1:0 for y in 1.0:2.0]))
println(typeof([x for x in Float64[] if x > 1]))
println(typeof(map(x -> x, Any[])))
println(typeof(collect(2x for x in Int8[])))

function widths(T)
    return eltype(map(half, T[]))
end
println(widths(Int), " ", widths(Float32))

# A changed callee changes the answer.
kind(x) = 1
before() = typeof([kind(x) for x in Int[]])
println(before())
kind(x) = "one"
println(before())
