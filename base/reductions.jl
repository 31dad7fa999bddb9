# Collecting, mapping, filtering, folding, finding.

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
            S = promote_typejoin(T, typeof(x))
            wider = Core._new_array(Core.apply_type(Array, S, 1), 0)
            append!(wider, a)
            return collect_rest(wider, items, next)
        end
        next = iterate(items, next[2])
    end
    return a
end
function collect(::Type{T}, items) where {T}
    a = Array{T,1}(undef, 0)
    for x in items
        push!(a, x)
    end
    return a
end
# Combinations of two iterators fill a matrix, column by column.
collect(g::Generator{F,<:Product2}) where {F} = reshape(collect_any(g), size(g.iter))
collect(p::Product2) = reshape(collect_any(p), size(p))
collect(::Type{T}, g::Generator{F,<:Product2}) where {T,F} = reshape(T[x for x in collect_any(g)], size(g.iter))
function collect_any(items)
    next = iterate(items)
    next === nothing && return empty_like(items)
    return collect_rest(Core._new_array(Core.apply_type(Array, typeof(next[1]), 1), 0), items, next)
end
empty_like(items) = Core._new_array(Core.apply_type(Array, eltype(items), 1), 0)
# Generators and what is flattened say what they would have made by what inference finds for their first value.
empty_like(g::Union{Generator,Flatten}) = Core._new_array(Core.apply_type(Array, Core._return_type(first, Tuple{typeof(g)}), 1), 0)
collect(a::Array) = copy(a)

# What two types have in common, where `nothing` stays beside the other type.
promote_typejoin(a, b) = join_types(a, b)
promote_typejoin(::Type{Nothing}, ::Type{Nothing}) = Nothing
promote_typejoin(::Type{Nothing}, T) = T === Any ? Any : Union{Nothing,T}
promote_typejoin(T, ::Type{Nothing}) = T === Any ? Any : Union{Nothing,T}
function join_types(a, b)
    a <: b && return b
    b <: a && return a
    x = without_nothing(a)
    y = without_nothing(b)
    x === a && y === b && return typejoin(a, b)
    joined = typejoin(x, y)
    return joined === Any ? Any : Union{Nothing,joined}
end
without_nothing(T) = T isa Union ? (getfield(T, :a) === Nothing ? getfield(T, :b) : getfield(T, :b) === Nothing ? getfield(T, :a) : T) : T

map(f, items) = collect(Generator(f, items))
map(f, a, b) = collect(Generator(t -> f(t[1], t[2]), zip(a, b)))
map(f, a, b, more...) = collect(Generator(t -> f(t...), zip(a, b, more...)))
function map!(f, result, items)
    k = 1
    for x in items
        result[k] = f(x)
        k += 1
    end
    return result
end
function filter(f, a::Array{T,1}) where {T}
    result = Array{T,1}(undef, 0)
    for x in a
        f(x) && push!(result, x)
    end
    return result
end
filter(f, items) = collect(Filter(f, items))
filter(f, t::Tuple) = (filter(f, collect(t))...,)
function filter!(f, a::Array)
    kept = 0
    for i in 1:length(a)
        if f(a[i])
            kept += 1
            a[kept] = a[i]
        end
    end
    return resize!(a, kept)
end
function foreach(f, items)
    for x in items
        f(x)
    end
    return nothing
end
function foreach(f, a, b)
    for (x, y) in zip(a, b)
        f(x, y)
    end
    return nothing
end

# Stands for "no initial value given".
struct NoInit end

foldl(f, items; init = NoInit()) = fold_left(f, items, init)
reduce(f, items; init = NoInit()) = fold_left(f, items, init)
foldr(f, items; init = NoInit()) = fold_left((a, b) -> f(b, a), Reverse(collect(items)), init)
mapreduce(f, op, items; init = NoInit()) = fold_left(op, Generator(f, items), init)
mapfoldl(f, op, items; init = NoInit()) = fold_left(op, Generator(f, items), init)
function fold_left(f, items, ::NoInit)
    next = iterate(items)
    next === nothing && return fold_of_nothing(f, items)
    return fold_rest(f, items, next[1], iterate(items, next[2]))
end
fold_left(f, items, init) = fold_rest(f, items, init, iterate(items))
function fold_rest(f, items, result, next)
    while next !== nothing
        result = f(result, next[1])
        next = iterate(items, next[2])
    end
    return result
end
# Folding nothing has a value where the element type tells the neutral element.
fold_of_nothing(f, items) = throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
fold_of_nothing(::typeof(+), items) = neutral(zero, eltype(items))
fold_of_nothing(::typeof(*), items) = neutral(one, eltype(items))
neutral(f, ::Type{T}) where {T<:Number} = f(T)
neutral(f, ::Type) = fold_of_nothing(nothing, nothing)

# Sums of narrow integers are taken in the machine's own width.
widened(x) = x
widened(x::Union{Bool,Int8,Int16,Int32}) = convert(Int64, x)
widened(x::Union{UInt8,UInt16,UInt32}) = convert(UInt64, x)
widened_add(a, b) = widened(a) + widened(b)
widened_multiply(a, b) = widened(a) * widened(b)
fold_of_nothing(::typeof(widened_add), items) = widened(neutral(zero, eltype(items)))
fold_of_nothing(::typeof(widened_multiply), items) = widened(neutral(one, eltype(items)))

sum(items; init = NoInit()) = fold_sum(items, init)
sum(f, items; init = NoInit()) = fold_sum(Generator(f, items), init)
fold_sum(items, ::NoInit) = widened(fold_left(widened_add, items, NoInit()))
fold_sum(items, init) = fold_left(widened_add, items, init)
prod(items; init = NoInit()) = fold_product(items, init)
prod(f, items; init = NoInit()) = fold_product(Generator(f, items), init)
fold_product(items, ::NoInit) = widened(fold_left(widened_multiply, items, NoInit()))
fold_product(items, init) = fold_left(widened_multiply, items, init)
maximum(items; init = NoInit()) = fold_left(max, items, init)
maximum(f, items; init = NoInit()) = fold_left(max, Generator(f, items), init)
minimum(items; init = NoInit()) = fold_left(min, items, init)
minimum(f, items; init = NoInit()) = fold_left(min, Generator(f, items), init)
extrema(items) = (minimum(items), maximum(items))
function sum(a::AbstractArray{T,2}; dims = nothing) where {T}
    dims === nothing && return fold_sum(a, NoInit())
    dims == 1 && return reshape([sum(a[:, j]) for j in 1:size(a, 2)], 1, size(a, 2))
    return reshape([sum(a[i, :]) for i in 1:size(a, 1)], size(a, 1), 1)
end

accumulate(f, items) = scan(f, items, iterate(items))
cumsum(items) = scan(+, items, iterate(items))
cumprod(items) = scan(*, items, iterate(items))
scan(f, items, ::Nothing) = empty_like(items)
function scan(f, items, next)
    total = next[1]
    result = [total]
    next = iterate(items, next[2])
    while next !== nothing
        total = f(total, next[1])
        push!(result, total)
        next = iterate(items, next[2])
    end
    return result
end

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

findfirst(items) = findfirst(identity, items)
function findfirst(f, items)
    for (i, x) in pairs(items)
        f(x) && return i
    end
    return nothing
end
findlast(items) = findlast(identity, items)
function findlast(f, a::AbstractArray)
    i = length(a)
    while i >= 1
        f(a[i]) && return i
        i -= 1
    end
    return nothing
end
findall(items) = findall(identity, items)
findall(f, items) = [i for (i, x) in pairs(items) if f(x)]
findall(f, a::AbstractArray{T,1}) where {T} = Int64[i for i in 1:length(a) if f(a[i])]
function findnext(f, a::AbstractArray, i::Int64)
    while i <= length(a)
        f(a[i]) && return i
        i += 1
    end
    return nothing
end

findmax(items) = best(isless, items)
findmin(items) = best((a, b) -> isless(b, a), items)
argmax(items) = findmax(items)[2]
argmin(items) = findmin(items)[2]
argmax(f, items) = (v = collect(items); v[argmax(map(f, v))])
argmin(f, items) = (v = collect(items); v[argmin(map(f, v))])
# The first element that no later one is better than, with its key.
function best(is_worse, items)
    found = nothing
    for (i, x) in pairs(items)
        if found === nothing || is_worse(found[1], x)
            found = (x, i)
        end
    end
    found === nothing && throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
    return found
end

function only(items)
    next = iterate(items)
    next === nothing && throw(ArgumentError("Collection is empty, must contain exactly 1 element"))
    iterate(items, next[2]) === nothing || throw(ArgumentError("Collection has multiple elements, must contain exactly 1 element"))
    return next[1]
end
function first(items)
    next = iterate(items)
    next === nothing && throw(ArgumentError("collection must be non-empty"))
    return next[1]
end
Tuple(items) = (collect(items)...,)
Tuple(t::Tuple) = t

# `x, y... = items`: what is left.
rest(t::Tuple) = t
rest(t::Tuple, i::Int64) = t[i:length(t)]
rest(a::Array, i::Int64 = 1) = a[i:length(a)]
rest(s::String, i = 1) = Core._substring(s, i, ncodeunits(s))
rest(items) = items
rest(items, state) = Rest(items, state)
function split_rest(t::Tuple, n::Int64, i = 1)
    m = length(t) - n
    return (t[i:m], t[(m + 1):length(t)])
end
function split_rest(items, n::Int64, state...)
    all = collect(rest(items, state...))
    m = length(all) - n
    m < 0 && throw(BoundsError(items, n))
    return (all[1:m], all[(m + 1):length(all)])
end
