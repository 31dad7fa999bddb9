# Iterating, collecting, folding.

struct Enumerate{I}
    items::I
end
enumerate(items) = Enumerate(items)
length(e::Enumerate) = length(e.items)
iterate(e::Enumerate) = enumerate_step(iterate(e.items), 1)
iterate(e::Enumerate, state) = enumerate_step(iterate(e.items, state[2]), state[1])
enumerate_step(::Nothing, i) = nothing
enumerate_step(next, i) = ((i, next[1]), (i + 1, next[2]))

struct Zip{A,B}
    a::A
    b::B
end
zip(a, b) = Zip(a, b)
length(z::Zip) = min(length(z.a), length(z.b))
iterate(z::Zip) = zip_step(iterate(z.a), iterate(z.b))
iterate(z::Zip, state) = zip_step(iterate(z.a, state[1]), iterate(z.b, state[2]))
zip_step(::Nothing, b) = nothing
zip_step(::Nothing, ::Nothing) = nothing
zip_step(a, ::Nothing) = nothing
zip_step(a, b) = ((a[1], b[1]), (a[2], b[2]))

struct Generator{F,I}
    f::F
    iter::I
end
length(g::Generator) = length(g.iter)
iterate(g::Generator) = generator_step(g.f, iterate(g.iter))
iterate(g::Generator, state) = generator_step(g.f, iterate(g.iter, state))
generator_step(f, ::Nothing) = nothing
generator_step(f, next) = (f(next[1]), next[2])

struct Filter{F,I}
    predicate::F
    items::I
end
iterate(f::Filter) = filter_step(f, iterate(f.items))
iterate(f::Filter, state) = filter_step(f, iterate(f.items, state))
function filter_step(f, next)
    while next !== nothing
        f.predicate(next[1]) && return next
        next = iterate(f.items, next[2])
    end
    return nothing
end

# The elements in a vector whose element type is what the elements have in common.
function collect(items)
    next = iterate(items)
    next === nothing && return empty_like(items)
    a = Core._new_array(Core.apply_type(Array, typeof(next[1]), 1), 0)
    return collect_rest(a, items, next)
end
function collect_rest(a::Array{T,1}, items, next) where {T}
    while next !== nothing
        x = next[1]
        if x isa T
            push!(a, x)
        else
            S = typejoin(T, typeof(x))
            wider = Core._new_array(Core.apply_type(Array, S, 1), 0)
            append!(wider, a)
            return collect_rest(wider, items, next)
        end
        next = iterate(items, next[2])
    end
    return a
end
empty_like(items) = Array{Any,1}(undef, 0)
empty_like(r::AbstractRange{T}) where {T} = Array{T,1}(undef, 0)
empty_like(a::Array{T,1}) where {T} = Array{T,1}(undef, 0)
empty_like(s::String) = Array{Char,1}(undef, 0)
collect(a::Array) = copy(a)

map(f, items) = collect(Generator(f, items))
function filter(f, a::Array{T,1}) where {T}
    result = Array{T,1}(undef, 0)
    for x in a
        f(x) && push!(result, x)
    end
    return result
end
filter(f, items) = collect(Filter(f, items))
function foreach(f, items)
    for x in items
        f(x)
    end
    return nothing
end

function foldl(f, items)
    next = iterate(items)
    next === nothing && throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
    result = next[1]
    next = iterate(items, next[2])
    while next !== nothing
        result = f(result, next[1])
        next = iterate(items, next[2])
    end
    return result
end
reduce(f, items) = foldl(f, items)
mapreduce(f, op, items) = foldl(op, Generator(f, items))
sum(items) = sum_items(identity, items)
sum(f, items) = sum_items(f, items)
function sum_items(f, items)
    next = iterate(items)
    next === nothing && return zero(eltype(items))
    total = widened(f(next[1]))
    next = iterate(items, next[2])
    while next !== nothing
        total += f(next[1])
        next = iterate(items, next[2])
    end
    return total
end
# Sums of narrow integers are taken in the machine's own width.
widened(x) = x
widened(x::Union{Bool,Int8,Int16,Int32}) = convert(Int64, x)
widened(x::Union{UInt8,UInt16,UInt32}) = convert(UInt64, x)
prod(items) = foldl(*, Generator(widened, items))
prod(f, items) = foldl(*, Generator(f, items))
maximum(items) = foldl(max, items)
maximum(f, items) = foldl(max, Generator(f, items))
minimum(items) = foldl(min, items)
minimum(f, items) = foldl(min, Generator(f, items))
any(items) = any(identity, items)
function any(f, items)
    for x in items
        f(x) && return true
    end
    return false
end
all(items) = all(identity, items)
function all(f, items)
    for x in items
        f(x) || return false
    end
    return true
end
count(items) = count(identity, items)
function count(f, items)
    n = 0
    for x in items
        f(x) && (n += 1)
    end
    return n
end
function findfirst(f, items)
    for (i, x) in enumerate(items)
        f(x) && return i
    end
    return nothing
end
