# `push!` in loops: room that is there, room that is not, what `pop!` and `popfirst!` leave, and elements of every kind.

function numbers(n)
    v = Int[]
    for i in 1:n
        push!(v, i)
    end
    return v
end
v = numbers(1000)
println(length(v), " ", sum(v), " ", v[1], " ", v[end])

function queue(n)
    v = Any[]
    for i in 1:n
        push!(v, i)
        i % 3 == 0 && popfirst!(v)
        i % 7 == 0 && pop!(v)
    end
    return v
end
q = queue(100)
println(length(q), " ", q[1], " ", q[end], " ", sum(q))

# Elements without a size, of one byte, with pointers inside, and of a union.
nothings = Nothing[]; bytes = UInt8[]; pairs = Pair{String,Int}[]; maybe = Union{Int,Nothing}[]; bools = Bool[]
for i in 1:20
    push!(nothings, nothing); push!(bytes, i); push!(pairs, string(i) => i)
    push!(maybe, isodd(i) ? i : nothing); push!(bools, iseven(i))
end
println(length(nothings), " ", sum(bytes), " ", pairs[20], " ", count(isnothing, maybe), " ", count(bools))

# Growing keeps what is shared apart, and the new slots of references are undefined.
s = ["a", "b"]
pop!(s)
resize!(s, 2)
println(isassigned(s, 1), " ", isassigned(s, 2))
push!(s, "c")
println(s[3], " ", length(s))
println(try push!(Int[], "x") catch e; typeof(e) end, " ", try push!(Int[], 1.5) catch e; e end)

# Integers of every size in boxes.
boxes(ns) = Any[n + 0 for n in ns]
println(boxes([-513, -512, -1, 0, 1023, 1024, typemax(Int), typemin(Int)]))
println(all(((a, b),) -> a === b, zip(boxes(-600:1100), boxes(-600:1100))))
