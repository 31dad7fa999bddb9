# Graphs: breadth and depth first, Dijkstra with a hand-written heap, topological order, components, Floyd-Warshall.
struct Graph{T}
    edges::Dict{T,Vector{Tuple{T,Int}}}
end
Graph{T}() where {T} = Graph(Dict{T,Vector{Tuple{T,Int}}}())
function Graph(list::AbstractVector{<:Tuple{T,T,Int}}; directed=false) where {T}
    g = Graph{T}()
    for (a, b, w) in list
        push!(get!(g.edges, a, []), (b, w))
        back = get!(Vector{Tuple{T,Int}}, g.edges, b)
        directed || push!(back, (a, w))
    end
    return g
end
vertices(g::Graph) = sort!(collect(keys(g.edges)))
neighbours(g::Graph, v) = sort(first.(g.edges[v]))

function bfs(g::Graph{T}, start::T) where {T}
    distance = Dict(start => 0)
    queue = [start]
    order = T[]
    while !isempty(queue)
        v = popfirst!(queue)
        push!(order, v)
        for w in neighbours(g, v)
            haskey(distance, w) && continue
            distance[w] = distance[v] + 1
            push!(queue, w)
        end
    end
    return order, distance
end

function dfs(visit, g, v, seen=Set{typeof(v)}())
    v ∈ seen && return seen
    push!(seen, v)
    visit(v)
    foreach(w -> dfs(visit, g, w, seen), neighbours(g, v))
    seen
end

mutable struct Heap{K,V}
    items::Vector{Pair{K,V}}
    Heap{K,V}() where {K,V} = new(Pair{K,V}[])
end
Base.isempty(h::Heap) = isempty(h.items)
Base.length(h::Heap) = length(h.items)
function Base.push!(h::Heap, item::Pair)
    push!(h.items, item)
    i = length(h.items)
    while i > 1 && h.items[i ÷ 2].first > h.items[i].first
        h.items[i ÷ 2], h.items[i] = h.items[i], h.items[i ÷ 2]
        i ÷= 2
    end
    h
end
function Base.pop!(h::Heap)
    isempty(h) && throw(ArgumentError("heap must be non-empty"))
    top, h.items[1] = h.items[1], h.items[end]
    pop!(h.items)
    i, n = 1, length(h.items)
    while 2i <= n
        child = 2i < n && h.items[2i + 1].first < h.items[2i].first ? 2i + 1 : 2i
        h.items[i].first <= h.items[child].first && break
        h.items[i], h.items[child] = h.items[child], h.items[i]
        i = child
    end
    return top
end

function dijkstra(g::Graph{T}, start::T) where T
    best = Dict{T,Int}(v => typemax(Int) for v in keys(g.edges))
    previous = Dict{T,Union{T,Nothing}}(start => nothing)
    best[start] = 0
    heap = Heap{Int,T}()
    push!(heap, 0 => start)
    while !isempty(heap)
        d, v = pop!(heap)
        d > best[v] && continue
        for (w, cost) in g.edges[v]
            if d + cost < best[w]
                best[w], previous[w] = d + cost, v
                push!(heap, best[w] => w)
            end
        end
    end
    best, previous
end

function path(previous, to)
    steps = [to]
    while (p = previous[first(steps)]) !== nothing
        pushfirst!(steps, p)
    end
    join(steps, " -> ")
end

function toposort(g::Graph{T}) where {T}
    state = Dict{T,Symbol}()
    order = T[]
    function visit(v)
        s = get(state, v, :new)
        s === :done && return
        s === :open && error("cycle through $v")
        state[v] = :open
        for w in neighbours(g, v)
            visit(w)
        end
        state[v] = :done
        pushfirst!(order, v)
    end
    foreach(visit, vertices(g))
    order
end

function floyd(g::Graph{T}) where {T}
    vs = vertices(g)
    n = length(vs)
    d = fill(Inf, n, n)
    for (i, v) in enumerate(vs)
        d[i, i] = 0
        for (w, c) in g.edges[v]
            d[i, findfirst(==(w), vs)] = c
        end
    end
    for k in 1:n, i in 1:n, j in 1:n
        d[i, j] = min(d[i, j], d[i, k] + d[k, j])
    end
    return d
end

function (@main)(args)
    roads = [("A", "B", 7), ("A", "C", 9), ("A", "F", 14), ("B", "C", 10), ("B", "D", 15), ("C", "D", 11), ("C", "F", 2),
             ("D", "E", 6), ("E", "F", 9)]
    g = Graph(roads)
    order, distance = bfs(g, "A")
    println(order, " ", [distance[v] for v in vertices(g)])
    visited = String[]
    dfs(v -> push!(visited, v), g, "A")
    println(join(visited))
    best, previous = dijkstra(g, "A")
    for v in vertices(g)
        println(v, ": ", lpad(best[v], 2), "  ", path(previous, v))
    end
    tasks = Graph([(:shirt, :tie, 1), (:tie, :jacket, 1), (:trousers, :shoes, 1), (:trousers, :belt, 1), (:belt, :jacket, 1),
                   (:socks, :shoes, 1)]; directed=true)
    println(toposort(tasks))
    try
        toposort(Graph([(1, 2, 0), (2, 3, 0), (3, 1, 0)]; directed=true))
    catch e
        println(e)
    end
    println(floyd(Graph([(1, 2, 3), (2, 3, 4), (4, 4, 1)])))
    @show typeof(g) typeof(previous)
    try
        pop!(Heap{Int,Char}())
    catch err
        println("caught ", err)
    end
end
