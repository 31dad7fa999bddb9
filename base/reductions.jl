# Collecting, mapping, filtering, folding, finding.

# The elements in an array: of the iterator's shape if it has one, of its element type if it says so, else of the type
# that the elements have in common.
collect(items) = collect_by(IteratorEltype(items), IteratorSize(items), items)
collect(a::Array) = copy(a)
collect(::Type{T}, items) where {T} = collect_typed(T, IteratorSize(items), items)
collect_by(::HasEltype, size, items) = collect_typed(eltype(items), size, items)
collect_by(::EltypeUnknown, ::Union{SizeUnknown,IsInfinite}, items) = collect_growing(items)
collect_by(::EltypeUnknown, ::HasLength, items) = collect_shaped(items, (convert(Int64, length(items)),))
collect_by(::EltypeUnknown, ::HasShape{1}, items) = collect_shaped(items, (convert(Int64, length(items)),))
collect_by(::EltypeUnknown, ::HasShape, items) = collect_shaped(items, size(items))
function collect_typed(::Type{T}, ::IteratorSize, items) where {T}
    a = Array{T,1}(undef, 0)
    for x in items
        push!(a, x)
    end
    return a
end
collect_typed(::Type{T}, ::HasLength, items) where {T} = fill_from!(Array{T,1}(undef, length(items)), items)
collect_typed(::Type{T}, ::HasShape{1}, items) where {T} = fill_from!(Array{T,1}(undef, length(items)), items)
collect_typed(::Type{T}, ::HasShape, items) where {T} = fill_from!(similar_of(T, size(items)), items)
function fill_from!(a, items)
    k = 1
    for x in items
        a[k] = x
        k += 1
    end
    return a
end
function collect_growing(items)
    next = iterate(items)
    next === nothing && return empty_like(items)
    return collect_rest(Core._new_array(Core.apply_type(Array, typeof(next[1]), 1), 0), items, next)
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
function collect_shaped(items, dims)
    next = iterate(items)
    next === nothing && return Core._new_array(Core.apply_type(Array, empty_eltype(items), length(dims)), dims...)
    a = similar_of(typeof(next[1]), dims)
    return collect_places(a, 1, items, next)
end
function collect_places(a::Array{T,N}, k::Int64, items, next) where {T,N}
    while next !== nothing
        x = next[1]
        x isa T || return collect_places(widened_copy(a, x, k), k + 1, items, iterate(items, next[2]))
        a[k] = x
        k += 1
        next = iterate(items, next[2])
    end
    return a
end
empty_like(items) = Core._new_array(Core.apply_type(Array, empty_eltype(items), 1), 0)
empty_eltype(items) = eltype(items)
# Generators and what is flattened say what they would have made by what inference finds for their first value.
empty_eltype(g::Union{Generator,Flatten}) = Core._return_type(first, Tuple{typeof(g)})

# What two types have in common, where `nothing` and `missing` stay beside the other type.
promote_typejoin(a, b) = Core._promote_typejoin(Missing, a, b)
# The type without `Nothing` and `Missing` as members.
without_singletons(T) = T === Nothing || T === Missing ? Union{} : T
without_singletons(T::Union) = Union{without_singletons(getfield(T, :a)),without_singletons(getfield(T, :b))}

map(f, items) = collect(Generator(f, items))
# Arrays of a program's own type give their like, if they have `similar` for it.
map(f, a::AbstractArray) = like(a, collect(Generator(f, a)))
like(a::Union{Array,AbstractRange}, result) = result
function like(a, result)
    made = similar(a, eltype(result), size(result))
    return made isa Array ? result : copyto!(made, result)
end
map(f, a, b) = collect(Generator(t -> f(t[1], t[2]), zip(a, b)))
map(f, a, b, more...) = collect(Generator(t -> f(t...), zip(a, b, more...)))
map(f, x::Number, rest::Number...) = f(x, rest...)
map(f, a::AbstractArray{S,M}, b::AbstractArray{T,N}) where {S,M,T,N} = collect(Generator(t -> f(t[1], t[2]), zip(a, b)))
map(f, d::AbstractDict) = error("map is not defined on dictionaries")
map(f, s::AbstractSet) = error("map is not defined on sets")
function map!(f, result, items)
    for (i, x) in zip(eachindex(result), items)
        result[i] = f(x)
    end
    return result
end
function map!(f, result, a, b, more...)
    for (i, t) in zip(eachindex(result), zip(a, b, more...))
        result[i] = f(t...)
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
filter(f, a::AbstractArray) = a[findall(map(f, a))]
filter(f, t::Tuple) = kept_of(f, t)
kept_of(f, ::Tuple{}) = ()
kept_of(f, t::Tuple) = f(t[1]) ? (t[1], kept_of(f, tail(t))...) : kept_of(f, tail(t))
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
# Folding nothing has a value where the element type tells the neutral element: not after a map, whose results have a
# type that nobody knows.
fold_of_nothing(f, items) = neutral_by(f, IteratorEltype(items), items)
fold_of_nothing(f, g::Generator{<:Any,<:Union{typeof(identity),typeof(abs),typeof(abs2)}}) = fold_of_nothing(f, g.iter)
neutral_by(f, ::HasEltype, items) = neutral(f, eltype(items))
neutral_by(f, ::EltypeUnknown, items) = no_neutral()
neutral(f, ::Type) = no_neutral()
neutral(::typeof(+), ::Type{T}) where {T} = T === Union{} ? no_neutral() : zero(T)
neutral(::typeof(*), ::Type{T}) where {T} = T === Union{} ? no_neutral() : one(T)
neutral(::typeof(&), ::Type{Bool}) = true
neutral(::typeof(|), ::Type{Bool}) = false
function no_neutral()
    throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
end

# Sums of narrow integers are taken in the machine's own width.
widened(x) = x
widened(x::Union{Bool,Int8,Int16,Int32}) = convert(Int64, x)
widened(x::Union{UInt8,UInt16,UInt32}) = convert(UInt64, x)
widened_add(a, b) = widened(a) + widened(b)
widened_multiply(a, b) = widened(a) * widened(b)
neutral(::typeof(widened_add), ::Type{T}) where {T} = widened(neutral(+, T))
neutral(::typeof(widened_multiply), ::Type{T}) where {T} = widened(neutral(*, T))

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
extrema(items; init = NoInit()) = init isa NoInit ? extrema_of(identity, items) : (min(init[1], minimum(items; init = init[1])), max(init[2], maximum(items; init = init[2])))
extrema(f, items) = extrema_of(f, items)
extrema(a::AbstractArray; dims = :) = dims isa Colon ? extrema_of(identity, a) : map((x, y) -> (x, y), minimum(a; dims), maximum(a; dims))
extrema_of(f, items) = (v = map(f, collect(items)); (fold_left(min, v, NoInit()), fold_left(max, v, NoInit())))
sum(a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_sum(a, init) : fold_dims(widened, widened_add, a, dims, init)
sum(f, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_sum(Generator(f, a), init) : fold_dims(x -> widened(f(x)), widened_add, a, dims, init)
prod(a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_product(a, init) : fold_dims(widened, widened_multiply, a, dims, init)
prod(f, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_product(Generator(f, a), init) : fold_dims(x -> widened(f(x)), widened_multiply, a, dims, init)
maximum(a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(max, a, init) : fold_dims(identity, max, a, dims, init)
minimum(a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(min, a, init) : fold_dims(identity, min, a, dims, init)
maximum(f, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(max, Generator(f, a), init) : fold_dims(f, max, a, dims, init)
minimum(f, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(min, Generator(f, a), init) : fold_dims(f, min, a, dims, init)
reduce(f, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(f, a, init) : fold_dims(identity, f, a, dims, init)
mapreduce(f, op, a::AbstractArray; dims = :, init = NoInit()) = dims isa Colon ? fold_left(op, Generator(f, a), init) : fold_dims(f, op, a, dims, init)
# Folds along some dimensions, of which one place is left.
function fold_dims(f, op, a::AbstractArray{T,N}, dims, init) where {T,N}
    shape = ntuple(d -> d in dims ? 1 : size(a, d), N)
    lists = [Any[] for place in CartesianIndices(shape)]
    for i in CartesianIndices(a)
        push!(lists[CartesianIndex(map(min, i.I, shape))], f(a[i]))
    end
    return map(list -> fold_left(op, list, init), lists)
end

accumulate(f, items; init = NoInit()) = scan(f, items, init)
cumsum(items) = scan(widened_sum, items, NoInit())
cumprod(items) = scan(widened_product, items, NoInit())
# Running sums of narrow integers are taken in the machine's own width; truth values are counted.
widened_sum(a, b) = widened(a) + widened(b)
widened_product(a, b) = widened(a) * widened(b)
scan_start(f, x) = x
scan_start(::Union{typeof(widened_sum),typeof(widened_product)}, x) = widened(x)
function scan(f, items, init)
    next = iterate(items)
    next === nothing && return empty_scan(f, items)
    total = init isa NoInit ? scan_start(f, next[1]) : f(init, next[1])
    result = Core._new_array(Core.apply_type(Array, typeof(total), 1), 0)
    push!(result, total)
    return scan_rest(f, result, items, total, iterate(items, next[2]))
end
empty_scan(f, items) = empty_like(items)
function scan_rest(f, result::Array{T,1}, items, total, next) where {T}
    while next !== nothing
        total = f(total, next[1])
        if !(total isa T)
            wider = Core._new_array(Core.apply_type(Array, promote_typejoin(T, typeof(total)), 1), 0)
            append!(wider, result)
            push!(wider, total)
            return scan_rest(f, wider, items, total, iterate(items, next[2]))
        end
        push!(result, total)
        next = iterate(items, next[2])
    end
    return result
end
accumulate(f, t::Tuple; init = NoInit()) = (scan(f, t, init)...,)
cumsum(t::Tuple) = (scan(widened_sum, t, NoInit())...,)
cumsum(a::AbstractArray; dims = :) = dims isa Colon ? scan(widened_sum, a, NoInit()) : scan_along(+, a, dims)
cumprod(a::AbstractArray; dims = :) = dims isa Colon ? scan(widened_product, a, NoInit()) : scan_along(*, a, dims)
function scan_along(f, a::AbstractArray{T,N}, dim) where {T,N}
    result = copyto!(similar(a), a)
    for i in CartesianIndices(a)
        i.I[dim] == 1 && continue
        before = CartesianIndex(ntuple(d -> d == dim ? i.I[d] - 1 : i.I[d], N))
        result[i] = f(result[before], a[i])
    end
    return result
end
cumsum!(result, a) = copyto!(result, cumsum(a))
accumulate!(f, result, a) = copyto!(result, accumulate(f, a))

any(items) = any(identity, items)
any(f, items) = any_item(f, items)
function any_item(f, items)
    unknown = false
    for x in items
        found = f(x)
        if found === missing
            unknown = true
        else
            found && return true
        end
    end
    return unknown ? missing : false
end
all(items) = all(identity, items)
all(f, items) = all_items(f, items)
function all_items(f, items)
    unknown = false
    for x in items
        found = f(x)
        if found === missing
            unknown = true
        else
            found || return false
        end
    end
    return unknown ? missing : true
end
count(items; init = 0) = count_items(identity, items, init)
count(f, items; init = 0) = count_items(f, items, init)
function count_items(f, items, n)
    for x in items
        f(x) && (n += 1)
    end
    return n
end

any(a::AbstractArray; dims = :) = dims isa Colon ? any(identity, a) : fold_dims(identity, |, a, dims, false)
all(a::AbstractArray; dims = :) = dims isa Colon ? all(identity, a) : fold_dims(identity, &, a, dims, true)
any(f, a::AbstractArray; dims = :) = dims isa Colon ? any_item(f, a) : fold_dims(f, |, a, dims, false)
all(f, a::AbstractArray; dims = :) = dims isa Colon ? all_items(f, a) : fold_dims(f, &, a, dims, true)
count(a::AbstractArray; dims = :, init = 0) = dims isa Colon ? count_items(identity, a, init) : fold_dims(x -> x ? 1 : 0, +, a, dims, init)
count(f, a::AbstractArray; dims = :, init = 0) = dims isa Colon ? count_items(f, a, init) : fold_dims(x -> f(x) ? 1 : 0, +, a, dims, init)

findfirst(items) = findfirst(identity, items)
function findfirst(f, items)
    for (i, x) in pairs(items)
        f(x) && return i
    end
    return nothing
end
findlast(items) = findlast(identity, items)
function findlast(f, items)
    found = nothing
    for (i, x) in pairs(items)
        f(x) && (found = i)
    end
    return found
end
function findlast(f, a::AbstractArray{T,1}) where {T}
    i = length(a)
    while i >= 1
        f(a[i]) && return i
        i -= 1
    end
    return nothing
end
function findprev(f, a::AbstractArray{T,1}, i::Integer) where {T}
    while i >= 1
        f(a[i]) && return i
        i -= 1
    end
    return nothing
end
findnext(a::AbstractArray{Bool}, i::Integer) = findnext(identity, a, i)
findprev(a::AbstractArray{Bool}, i::Integer) = findprev(identity, a, i)
findall(items) = findall(identity, items)
findall(f, items) = [i for (i, x) in pairs(items) if f(x)]
findall(f, a::AbstractArray{T,1}) where {T} = Int64[i for i in 1:length(a) if f(a[i])]
function findnext(f, a::AbstractArray{T,1}, i::Integer) where {T}
    while i <= length(a)
        f(a[i]) && return i
        i += 1
    end
    return nothing
end

findmax(items) = best(isless, items)
findmin(items) = best((a, b) -> isless(b, a), items)
findmax(f, items) = best(isless, mapped_pairs(f, items))
findmin(f, items) = best((a, b) -> isless(b, a), mapped_pairs(f, items))
mapped_pairs(f, items) = Dict(k => f(x) for (k, x) in pairs(items))
mapped_pairs(f, items::Union{AbstractArray,Tuple}) = map(f, items)
findmax(a::AbstractArray; dims = :) = dims isa Colon ? best(isless, a) : best_along(isless, a, dims)
findmin(a::AbstractArray; dims = :) = dims isa Colon ? best((x, y) -> isless(y, x), a) : best_along((x, y) -> isless(y, x), a, dims)
argmax(a::AbstractArray; dims = :) = findmax(a; dims)[2]
argmin(a::AbstractArray; dims = :) = findmin(a; dims)[2]
function best_along(is_worse, a::AbstractArray{T,N}, dims) where {T,N}
    shape = ntuple(d -> d in dims ? 1 : size(a, d), N)
    places = map(i -> i, CartesianIndices(shape))
    for i in CartesianIndices(a)
        at = CartesianIndex(map(min, i.I, shape))
        is_worse(a[places[at]], a[i]) && (places[at] = i)
    end
    return (map(i -> a[i], places), places)
end
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
