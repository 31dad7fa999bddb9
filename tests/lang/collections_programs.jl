# A heap, a queue and a graph search: what small programs do with mutable structs and vectors.
mutable struct MinHeap{T}
    items::Vector{T}
end
MinHeap{T}() where {T} = MinHeap{T}(T[])
function Base.push!(h::MinHeap, x)
    push!(h.items, x)
    i = length(h.items)
    while i > 1 && h.items[i] < h.items[i ÷ 2]
        h.items[i], h.items[i ÷ 2] = h.items[i ÷ 2], h.items[i]
        i ÷= 2
    end
    return h
end
function Base.pop!(h::MinHeap)
    top = h.items[1]
    last = pop!(h.items)
    isempty(h.items) && return top
    h.items[1] = last
    i = 1
    while 2i <= length(h.items)
        c = 2i
        c < length(h.items) && h.items[c + 1] < h.items[c] && (c += 1)
        h.items[i] <= h.items[c] && break
        h.items[i], h.items[c] = h.items[c], h.items[i]
        i = c
    end
    return top
end
Base.isempty(h::MinHeap) = isempty(h.items)
h = MinHeap{Tuple{Int64,String}}()
for x in [(5, "e"), (1, "a"), (3, "c"), (2, "b")]
    push!(h, x)
end
while !isempty(h)
    print(pop!(h), " ")
end
println()
graph = Dict(1 => [2, 3], 2 => [4], 3 => [4], 4 => Int[])
function distances(graph, start)
    found = Dict(start => 0)
    queue = [start]
    while !isempty(queue)
        node = popfirst!(queue)
        for next in graph[node]
            haskey(found, next) && continue
            found[next] = found[node] + 1
            push!(queue, next)
        end
    end
    return sort(collect(found))
end
println(distances(graph, 1))
function permutations_of(v)
    length(v) <= 1 && return [v]
    return [[x; p] for (i, x) in enumerate(v) for p in permutations_of([v[1:i-1]; v[i+1:end]])]
end
println(permutations_of([1, 2, 3]))
memo = Dict{Int,Int}()
fib(n) = n < 2 ? n : get!(() -> fib(n - 1) + fib(n - 2), memo, n)
println(fib(50), " ", length(memo))
