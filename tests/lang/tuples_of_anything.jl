# Tuples whose elements can be anything: made and taken apart in loops, in unions, compared, returned and asked what they are.

function turns(values)
    out = Any[]
    for v in values
        push!(out, v)
    end
    return out
end
println(turns(Any[1, "two", 3.0, nothing, :five, (6, 7)]))
println(turns(Any[]))

first_and_rest(v) = isempty(v) ? nothing : (v[1], length(v) - 1)
function describe(v)
    pair = first_and_rest(v)
    pair === nothing && return "nothing"
    (a, n) = pair
    return string(a, " and ", n, " more: ", typeof(pair), " ", pair isa Tuple{Int,Int}, " ", pair isa Tuple{Any,Any})
end
for v in (Any[1, 2], Any["x"], Any[], Any[nothing, 1, 2])
    println(describe(v))
end

# As objects: in a vector, as a key, returned from what is not inlined, passed on.
@noinline both(a, n) = (a, n)
function keep(values)
    kept = Any[]
    seen = Dict{Any,Int}()
    for (i, v) in enumerate(values)
        t = both(v, i)
        push!(kept, t)
        seen[t] = get(seen, t, 0) + 1
    end
    return kept, length(seen)
end
println(keep(Any[1, "a", 2.5, 'c']))

same(a, b) = (a, 1) === (b, 1)
equal(a, b) = (a, 1) == (b, 1.0)
for (a, b) in Any[(1, 1), (1, 1.0), ("s", "s"), (nothing, nothing), (:a, :b)]
    println(same(a, b), " ", equal(a, b))
end

# A variable that is a tuple, a number or nothing in turn.
function in_turn(values)
    x = nothing
    log = String[]
    for v in values
        push!(log, x === nothing ? "none" : x isa Int ? "int $x" : "tuple $(x[1]) $(x[2])")
        x = v isa Int ? v : v === nothing ? nothing : (v, length(log))
    end
    return log
end
println(join(in_turn(Any[1, "a", nothing, 2.0, 3, :s, 4]), "; "))

# Longer ones, nested ones, with elements that are known, types among them, and by an index that is not known.
nest(a, b) = ((a, 1), (b, Int), "k", nothing)
function unnest(a, b)
    t = nest(a, b)
    (x, i), (y, T), k, n = t
    return (x, y, i, T, k, n, typeof(t))
end
println(unnest("p", 2.0))
println(unnest(Any[], Int))
pick(a, i) = (a, 10, "z")[i]
println(pick(:q, 1), pick(:q, 2), pick(:q, 3))
println(try pick(:q, 4) catch e; typeof(e) end)
spread(a, b) = tuple((a, b)..., (b, a)...)
println(spread(1, "s"))
swap((a, b)) = (b, a)
println(swap(swap(("a", 1))), swap((nothing, [1])))

# Known better by inference than by how it was made.
function narrowed(flag, v)
    t = flag ? (:k, v) : nothing
    u = t === nothing ? nothing : (t[1], t[2]::Int)
    return u === nothing ? 0 : u[2] + 1
end
println(narrowed(true, Any[41][1]), narrowed(false, 0))
rest(; kw...) = [(k, v) for (k, v) in pairs(kw)]
println(rest(a = 1, b = "x"))
of_pairs(; kw...) = Any[(k, v) for (k, v) in kw]
println(of_pairs(a = 1, b = "x"), of_pairs())
