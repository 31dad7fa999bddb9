# An LRU cache of a doubly linked list and a dictionary, and functions memoised by it.
mutable struct Entry{K,V}
    key::K
    value::V
    prev::Union{Entry{K,V},Nothing}
    next::Union{Entry{K,V},Nothing}
    Entry{K,V}(key, value) where {K,V} = new{K,V}(key, value, nothing, nothing)
end

mutable struct LRUCache{K,V} <: AbstractDict{K,V}
    capacity::Int
    entries::Dict{K,Entry{K,V}}
    newest::Union{Entry{K,V},Nothing}
    oldest::Union{Entry{K,V},Nothing}
    hits::Int
    misses::Int
    function LRUCache{K,V}(capacity::Integer) where {K,V}
        capacity > 0 || throw(ArgumentError("capacity must be positive"))
        new(capacity, Dict(), nothing, nothing, 0, 0)
    end
end

function unlink!(c::LRUCache, e::Entry)
    e.prev === nothing ? (c.newest = e.next) : (e.prev.next = e.next)
    e.next === nothing ? (c.oldest = e.prev) : (e.next.prev = e.prev)
    e.prev = e.next = nothing
    return e
end
function link_first!(c::LRUCache, e::Entry)
    e.next = c.newest
    c.newest === nothing ? (c.oldest = e) : (c.newest.prev = e)
    c.newest = e
end

Base.length(c::LRUCache) = length(c.entries)
Base.haskey(c::LRUCache, key) = haskey(c.entries, key)
function Base.iterate(c::LRUCache, e=c.newest)
    e === nothing && return nothing
    return e.key => e.value, e.next
end
function Base.get(c::LRUCache, key, default)
    e = get(c.entries, key, nothing)
    e === nothing && (c.misses += 1; return default)
    c.hits += 1
    link_first!(c, unlink!(c, e))
    e.value
end
function Base.getindex(c::LRUCache{K,V}, key) where {K,V}
    v = get(c, key, nothing)
    v === nothing && throw(KeyError(key))
    v::V
end
function Base.setindex!(c::LRUCache{K,V}, value, key) where {K,V}
    if haskey(c.entries, key)
        e = unlink!(c, c.entries[key])
        e.value = value
    else
        length(c) >= c.capacity && delete!(c.entries, unlink!(c, c.oldest).key)
        e = c.entries[key] = Entry{K,V}(key, value)
    end
    link_first!(c, e)
    return c
end
function Base.delete!(c::LRUCache, key)
    haskey(c.entries, key) && unlink!(c, pop!(c.entries, key))
    c
end

struct Memoised{F,C}
    f::F
    cache::C
end
memoise(f, K, V; size=8) = Memoised(f, LRUCache{K,V}(size))
function (m::Memoised)(x)
    found = get(m.cache, x, nothing)
    found === nothing || return found
    return m.cache[x] = m.f(x)
end

const collatz = memoise(Int, Int; size=50) do n
    n == 1 ? 0 : 1 + collatz(iseven(n) ? n ÷ 2 : 3n + 1)
end

function (@main)(args)
    c = LRUCache{String,Int}(3)
    for (i, w) in enumerate(["one", "two", "three", "four"])
        c[w] = i
    end
    println(collect(c), " ", haskey(c, "one"))
    println(c["two"], " ", get(c, "one", -1), " ", collect(keys(c)), " ", collect(values(c)))
    c["five"] = 5
    c["two"] = 22
    println(collect(pairs(c)))
    delete!(c, "five")
    println(length(c), " ", c.hits, " ", c.misses, " ", sort([k for k in keys(c)]))
    println([k => v + 1 for (k, v) in c], " ", sum(values(c)), " ", maximum(c), " ", ("two" => 22) in c)
    println(c)
    show(stdout, MIME("text/plain"), c)
    println()
    println(c == Dict("two" => 22, "four" => 4), " ", Dict(c) isa Dict{String,Int}, " ", merge(Dict("z" => 0), c)["two"])
    try
        c["zzz"]
    catch e
        println(e)
    end
    println(map(collatz, 1:12), " ", collatz.cache.hits, "/", collatz.cache.misses, " ", length(collatz.cache))
    try
        LRUCache{Int,Int}(0)
    catch e
        println(e)
    end
    isempty(c), empty!(LRUCache{Int,Int}(1).entries)
end
