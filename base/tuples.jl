# Tuples: length, indexing, iteration, destructuring.

length(t::Tuple) = nfields(t)
firstindex(t::Tuple) = 1
lastindex(t::Tuple) = nfields(t)
getindex(t::Tuple, i::Int64) = getfield(t, i)
getindex(t::Tuple, i::Integer) = getfield(t, convert(Int64, i))
first(t::Tuple) = getfield(t, 1)
first(::Tuple{}) = throw(ArgumentError("tuple must be non-empty"))
last(t::Tuple) = getfield(t, nfields(t))
isempty(t::Tuple{}) = true
isempty(t::Tuple) = false
eachindex(t::Tuple) = OneTo(nfields(t))

iterate(t::Tuple) = iterate(t, 1)
iterate(t::Tuple, i::Int64) = i <= nfields(t) ? (getfield(t, i), i + 1) : nothing

# `a, b = x`: the next value and the state to go on from.
indexed_iterate(t::Tuple, i::Int64) = (getfield(t, i), i + 1)
indexed_iterate(t::Tuple, i::Int64, state) = (getfield(t, i), i + 1)
function indexed_iterate(x, i::Int64)
    next = iterate(x)
    next === nothing && throw(BoundsError(x, i))
    return next
end
function indexed_iterate(x, i::Int64, state)
    next = iterate(x, state)
    next === nothing && throw(BoundsError(x, i))
    return next
end

tail(t::Tuple) = tail_of(t...)
tail_of(a, rest...) = rest

==(a::Tuple, b::Tuple) = length(a) == length(b) && equal_from(a, b, 1)
equal_from(a, b, i) = i > length(a) || (a[i] == b[i] && equal_from(a, b, i + 1))
function isless(a::Tuple, b::Tuple)
    n = min(length(a), length(b))
    for i in 1:n
        isless(a[i], b[i]) && return true
        isless(b[i], a[i]) && return false
    end
    return length(a) < length(b)
end

map(f, t::Tuple{}) = ()
map(f, t::Tuple{Any}) = (f(t[1]),)
map(f, t::Tuple{Any,Any}) = (f(t[1]), f(t[2]))
map(f, t::Tuple{Any,Any,Any}) = (f(t[1]), f(t[2]), f(t[3]))
map(f, t::Tuple) = (f(t[1]), map(f, tail(t))...)
map(f, a::Tuple{}, b::Tuple{}) = ()
map(f, a::Tuple{}, b::Tuple) = ()
map(f, a::Tuple, b::Tuple{}) = ()
map(f, a::Tuple, b::Tuple) = (f(a[1], b[1]), map(f, tail(a), tail(b))...)
getindex(t::Tuple, r::AbstractArray) = ntuple(i -> t[r[i]], length(r))
keys(t::Tuple) = OneTo(nfields(t))
values(t::Tuple) = t
only(t::Tuple{Any}) = t[1]
only(t::Tuple) = throw(ArgumentError(string("Tuple contains ", nfields(t), " elements, must contain exactly 1 element")))
reverse(t::Tuple) = ntuple(i -> t[length(t) + 1 - i], length(t))

ntuple(f, ::Val{N}) where {N} = ntuple(f, N)
ntuple(f, n::Integer) = ntuple(f, convert(Int64, n))
function ntuple(f, n::Int64)
    n <= 0 && return ()
    n == 1 && return (f(1),)
    n == 2 && return (f(1), f(2))
    n == 3 && return (f(1), f(2), f(3))
    n == 4 && return (f(1), f(2), f(3), f(4))
    return (ntuple(f, n - 1)..., f(n))
end

eltype(::Type{Tuple{}}) = Union{}
eltype(::Type{Tuple{T}}) where {T} = T
eltype(::Type{Tuple{Vararg{T,N}}}) where {T,N} = T
eltype(::Type{T}) where {T<:Tuple} = Core._tuple_eltype(Missing, T)

iterate(p::Pair) = (p.first, 2)
iterate(p::Pair, i::Int64) = i == 2 ? (p.second, 3) : nothing
indexed_iterate(p::Pair, i::Int64) = (i == 1 ? p.first : p.second, i + 1)
indexed_iterate(p::Pair, i::Int64, state) = (i == 1 ? p.first : p.second, i + 1)
getindex(p::Pair, i::Int64) = i == 1 ? p.first : i == 2 ? p.second : throw(BoundsError(p, i))
length(::Pair) = 2
first(p::Pair) = p.first
last(p::Pair) = p.second
==(a::Pair, b::Pair) = a.first == b.first && a.second == b.second
isequal(a::Pair, b::Pair) = isequal(a.first, b.first) && isequal(a.second, b.second)
isless(a::Pair, b::Pair) = isless(a.first, b.first) || (isequal(a.first, b.first) && isless(a.second, b.second))

iterate(x::Number) = (x, nothing)
iterate(x::Number, ::Nothing) = nothing
length(::Number) = 1

setindex(t::Tuple, x, i::Integer) = 1 <= i && i <= length(t) ? ntuple(k -> k == i ? x : t[k], length(t)) : throw(BoundsError(t, i))
map(f, a::Tuple, b::Tuple, c::Tuple, more::Tuple...) = map_all(f, (a, b, c, more...))
map_all(f, all) = any(isempty, all) ? () : (f(map(first, all)...), map_all(f, map(tail, all))...)
get(t::Tuple, i::Integer, default) = 1 <= i && i <= length(t) ? t[i] : default
findfirst(f::Callable, t::Tuple) = find_in_tuple(f, t, 1)
find_in_tuple(f, t, i) = i > length(t) ? nothing : f(t[i]) ? i : find_in_tuple(f, t, i + 1)
isequal(a::Tuple{}, b::Tuple{}) = true
prevind(::Tuple, i::Integer) = i - 1
nextind(::Tuple, i::Integer) = i + 1
checkbounds(::Type{Bool}, t::Tuple, i::Integer) = 1 <= i && i <= length(t)
# A tuple type called with items converts each of them.
(::Type{T})(items::Tuple) where {T<:Tuple} = convert(T, items)
convert(::Type{T}, t::Tuple) where {T<:Tuple} = t isa T ? t : convert_items(T, t)
function convert_items(::Type{T}, t) where {T}
    types = fieldtypes(T)
    length(types) == length(t) || throw(MethodError(convert, (T, t)))
    return ntuple(i -> convert(types[i], t[i]), length(t))
end
