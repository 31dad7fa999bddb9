# Indices of several dimensions: one place (`CartesianIndex`), all places of an array, and their numbers.

abstract type IndexStyle end
# How an array's elements are reached best: by one number, or by an index in each dimension.
struct IndexLinear <: IndexStyle end
struct IndexCartesian <: IndexStyle end
IndexStyle(a::AbstractArray) = IndexStyle(typeof(a))
IndexStyle(::Type{<:AbstractArray}) = IndexCartesian()
IndexStyle(::Type{<:AbstractArray{T,1}}) where {T} = IndexLinear()
IndexStyle(::Type{<:Array}) = IndexLinear()

struct CartesianIndex{N}
    I::NTuple{N,Int64}
    CartesianIndex{N}(index::NTuple{N,Int64}) where {N} = new{N}(index)
end
CartesianIndex(index::NTuple{N,Int64}) where {N} = CartesianIndex{N}(index)
CartesianIndex(index::Tuple) = CartesianIndex(flat_indices(index))
CartesianIndex(index::Union{Integer,CartesianIndex}...) = CartesianIndex(flat_indices(index))
CartesianIndex{N}(index::Integer...) where {N} = CartesianIndex{N}(map(i -> convert(Int64, i), index))
flat_indices(::Tuple{}) = ()
flat_indices(t::Tuple) = (flat_index(t[1])..., flat_indices(tail(t))...)
flat_index(i::Integer) = (convert(Int64, i),)
flat_index(i::CartesianIndex) = i.I

Tuple(i::CartesianIndex) = i.I
length(::CartesianIndex{N}) where {N} = N
length(::Type{CartesianIndex{N}}) where {N} = N
getindex(i::CartesianIndex, k::Integer) = i.I[k]
firstindex(::CartesianIndex) = 1
lastindex(::CartesianIndex{N}) where {N} = N
iterate(::CartesianIndex, state...) = error("iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`")
show(io::IO, i::CartesianIndex) = print(io, "CartesianIndex", i.I)
==(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = a.I == b.I
hash(i::CartesianIndex, h::UInt64) = hash(i.I, h + 0x8f3a5c1d2b4e6071)
isless(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = isless(reverse(a.I), reverse(b.I))
+(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(+, a.I, b.I))
-(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(-, a.I, b.I))
-(a::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(-, a.I))
*(k::Integer, a::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(x -> convert(Int64, k * x), a.I))
*(a::CartesianIndex, k::Integer) = k * a
min(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(min, a.I, b.I))
max(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(max, a.I, b.I))
zero(::CartesianIndex{N}) where {N} = CartesianIndex{N}(ntuple(i -> 0, N))
one(::CartesianIndex{N}) where {N} = CartesianIndex{N}(ntuple(i -> 1, N))
oneunit(i::CartesianIndex) = one(i)
zero(::Type{CartesianIndex{N}}) where {N} = CartesianIndex{N}(ntuple(i -> 0, N))
oneunit(::Type{CartesianIndex{N}}) where {N} = CartesianIndex{N}(ntuple(i -> 1, N))
broadcastable(i::CartesianIndex) = (i,)
(:)(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndices(map(UnitRange, a.I, b.I))

# The number of a place, counted column by column; the place with a number.
linear_index(::Tuple{}, ::Tuple{}) = 1
linear_index(dims::Tuple, index::Tuple) = linear_offset(dims, index) + 1
linear_offset(::Tuple{}, ::Tuple{}) = 0
linear_offset(dims::Tuple, ::Tuple{}) = 0
linear_offset(::Tuple{}, index::Tuple) = 0
linear_offset(dims::Tuple, index::Tuple) = (index[1] - 1) + dims[1] * linear_offset(tail(dims), tail(index))
cartesian_index(dims::Tuple, k::Int64) = cartesian_offset(dims, k - 1)
cartesian_offset(::Tuple{}, offset) = ()
cartesian_offset(dims::Tuple{Int64}, offset) = (offset + 1,)
function cartesian_offset(dims::Tuple, offset)
    above, here = divrem(offset, dims[1])
    return (here + 1, cartesian_offset(tail(dims), above)...)
end

struct CartesianIndices{N,R} <: AbstractArray{CartesianIndex{N},N}
    indices::R
end
CartesianIndices(ranges::Tuple{Vararg{AbstractRange}}) = CartesianIndices{nfields(ranges),typeof(ranges)}(ranges)
CartesianIndices(a::AbstractArray) = CartesianIndices(axes(a))
CartesianIndices(parts::Tuple) = CartesianIndices(map(index_range, parts))
CartesianIndices(::Tuple{}) = CartesianIndices{0,Tuple{}}(())
index_range(n::Integer) = OneTo(convert(Int64, n))
index_range(r::AbstractRange) = r
size(c::CartesianIndices) = map(length, c.indices)
axes(c::CartesianIndices) = map(r -> OneTo(length(r)), c.indices)
length(c::CartesianIndices) = element_count(size(c))
eltype(::Type{CartesianIndices{N,R}}) where {N,R} = CartesianIndex{N}
first(c::CartesianIndices) = CartesianIndex(map(first, c.indices))
last(c::CartesianIndices) = CartesianIndex(map(last, c.indices))
getindex(c::CartesianIndices, k::Int64) = CartesianIndex(map(getindex, c.indices, cartesian_index(size(c), checked_index(c, k))))
getindex(c::CartesianIndices{1}, k::Int64) = CartesianIndex((c.indices[1][k],))
getindex(c::CartesianIndices{N}, k::Vararg{Int64,N}) where {N} = CartesianIndex(map(getindex, c.indices, k))
getindex(c::CartesianIndices{N}, i::CartesianIndex{N}) where {N} = CartesianIndex(map(getindex, c.indices, i.I))
getindex(c::CartesianIndices{N}, parts::Vararg{Union{Integer,AbstractRange,Colon},N}) where {N} = CartesianIndices(map(part_of_range, c.indices, parts))
part_of_range(r, ::Colon) = r
part_of_range(r, part::AbstractRange) = r[part]
part_of_range(r, i::Integer) = r[i]:r[i]
checked_index(a, k) = 1 <= k && k <= length(a) ? k : throw(BoundsError(a, k))
in(i::CartesianIndex{N}, c::CartesianIndices{N}) where {N} = all(map(in, i.I, c.indices))
in(i::CartesianIndex, c::CartesianIndices) = false
function iterate(c::CartesianIndices)
    any(map(isempty, c.indices)) && return nothing
    start = map(first, c.indices)
    return (CartesianIndex(start), start)
end
function iterate(c::CartesianIndices, state)
    state = next_place(c.indices, state)
    state === nothing && return nothing
    return (CartesianIndex(state), state)
end
next_place(::Tuple{}, ::Tuple{}) = nothing
next_place(ranges::Tuple{Any}, state::Tuple{Any}) = state[1] == last(ranges[1]) ? nothing : (state[1] + step(ranges[1]),)
function next_place(ranges::Tuple, state::Tuple)
    state[1] == last(ranges[1]) || return (state[1] + step(ranges[1]), tail(state)...)
    above = next_place(tail(ranges), tail(state))
    above === nothing && return nothing
    return (first(ranges[1]), above...)
end
reverse(c::CartesianIndices) = CartesianIndices(map(reverse, c.indices))
function show(io::IO, c::CartesianIndices)
    print(io, "CartesianIndices((")
    for (k, r) in enumerate(c.indices)
        k > 1 && print(io, ", ")
        r isa OneTo ? print(io, r.stop) : print(io, r)
    end
    print(io, length(c.indices) == 1 ? ",))" : "))")
end

struct LinearIndices{N,R} <: AbstractArray{Int64,N}
    indices::R
end
LinearIndices(ranges::Tuple{Vararg{AbstractRange}}) = LinearIndices{nfields(ranges),typeof(ranges)}(ranges)
LinearIndices(a::AbstractArray) = LinearIndices(axes(a))
LinearIndices(parts::Tuple) = LinearIndices(map(index_range, parts))
size(l::LinearIndices) = map(length, l.indices)
axes(l::LinearIndices) = l.indices
IndexStyle(::Type{<:LinearIndices}) = IndexLinear()
getindex(l::LinearIndices, k::Int64) = checked_index(l, k)
getindex(l::LinearIndices{N}, k::Vararg{Int64,N}) where {N} = linear_index(size(l), k)
getindex(l::LinearIndices{1}, k::Int64) = checked_index(l, k)
getindex(l::LinearIndices{N}, i::CartesianIndex{N}) where {N} = linear_index(size(l), i.I)
