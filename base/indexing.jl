# Parts of arrays: `a[2:3, :]` copies them, `view` shares their elements, `a[i, j] = x` writes them.

# The indices with every `CartesianIndex` taken apart.
flat_parts(::Tuple{}) = ()
flat_parts(t::Tuple) = (flat_part(t[1])..., flat_parts(tail(t))...)
flat_part(i) = (i,)
flat_part(i::CartesianIndex) = i.I

# One index for dimension `d` of the `n` given: a number stays one, everything else becomes an array of places.
places_in(a, i::Integer, d, n) = to_index(i)
places_in(a, i::AbstractArray, d, n) = i
places_in(a, ::Colon, d, n) = OneTo(axis_length(a, d, n))
places_in(a, mask::AbstractArray{Bool}, d, n) = findall_linear(mask, axis_length(a, d, n), a)
places_in(a, i, d, n) = throw(ArgumentError(string("invalid index: ", repr(i), " of type ", typeof(i))))
function findall_linear(mask, n, a)
    length(mask) == n || throw(BoundsError(a, (mask,)))
    result = Array{Int64,1}(undef, 0)
    k = 0
    for x in mask
        k += 1
        x && push!(result, k)
    end
    return result
end
all_places(a, indices::Tuple) = places_from(a, indices, 1, length(indices))
places_from(a, ::Tuple{}, d, n) = ()
places_from(a, indices::Tuple, d, n) = (places_in(a, indices[1], d, n), places_from(a, tail(indices), d + 1, n)...)
# The lengths of the part: a number adds none.
part_size(::Tuple{}) = ()
part_size(places::Tuple{Int64,Vararg{Any}}) = part_size(tail(places))
part_size(places::Tuple) = (size(places[1])..., part_size(tail(places))...)

getindex(a::AbstractArray, indices...) = read_part(a, flat_parts(indices))
read_part(a::AbstractArray, indices::Tuple{Vararg{Integer}}) = a[indices...]
function read_part(a::AbstractArray{T}, indices::Tuple) where {T}
    places = all_places(a, indices)
    checkbounds(Bool, a, places...) || throw(BoundsError(a, length(indices) == 1 ? indices[1] : indices))
    result = similar(a, T, part_size(places))
    copy_part!(result, 1, a, places)
    return result
end
read_part(a::AbstractArray{T}, indices::Tuple{AbstractArray{<:CartesianIndex}}) where {T} = T[a[i] for i in indices[1]]
read_part(a::AbstractArray{T}, indices::Tuple{CartesianIndices}) where {T} = a[indices[1].indices...]
function getindex(a::AbstractArray{T}, r::AbstractUnitRange{<:Integer}) where {T}
    checkbounds(a, r)
    result = similar(a, T, (length(r),))
    k = 1
    for i in r
        result[k] = a[i]
        k += 1
    end
    return result
end
# Element by element, the first index fastest; returns the number of the next place of the result.
function copy_part!(result, k, a, places::Tuple{Any})
    for i in places[1]
        result[k] = a[i]
        k += 1
    end
    return k
end
function copy_part!(result, k, a, places::Tuple{Any,Any})
    for j in places[2], i in places[1]
        result[k] = a[i, j]
        k += 1
    end
    return k
end
copy_part!(result, k, a, places::Tuple) = copy_part_at!(result, k, a, places)
function copy_part_at!(result, k, a, places::Tuple{Any}, at...)
    for i in places[1]
        result[k] = a[i, at...]
        k += 1
    end
    return k
end
function copy_part_at!(result, k, a, places::Tuple, at...)
    for i in last(places)
        k = copy_part_at!(result, k, a, front(places), i, at...)
    end
    return k
end
front(t::Tuple) = ntuple(i -> t[i], length(t) - 1)

setindex!(a::AbstractArray, x, indices...) = write_at!(a, x, flat_parts(indices))
write_at!(a, x, indices::Tuple{Vararg{Integer}}) = setindex!(a, x, indices...)
write_at!(a, x, indices::Tuple) = write_part!(a, x, indices)
function write_part!(a, x, indices::Tuple)
    throw(ArgumentError("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?"))
end
function write_part!(a, x::AbstractArray, indices::Tuple)
    places = all_places(a, indices)
    checkbounds(Bool, a, places...) || throw(BoundsError(a, length(indices) == 1 ? indices[1] : indices))
    check_assigned(size(x), part_size(places))
    write_places!(a, x === a ? copy(x) : x, iterate(x), places)
    return a
end
function write_part!(a, x::AbstractArray, indices::Tuple{AbstractArray{<:CartesianIndex}})
    for (i, y) in zip(indices[1], x)
        a[i] = y
    end
    return a
end
write_part!(a, x::AbstractArray, indices::Tuple{CartesianIndices}) = write_part!(a, x, indices[1].indices)
# Lengths of one do not count in the comparison.
function check_assigned(from, to)
    long(dims) = filter(n -> n != 1, dims)
    long(from) == long(to) && return nothing
    element_count(from) == element_count(to) && length(from) == 1 && length(to) <= 1 && return nothing
    if length(from) == 1 && length(to) == 1
        throw(DimensionMismatch(string("tried to assign ", from[1], " elements to ", to[1], " destinations")))
    end
    throw(DimensionMismatch(string("tried to assign ", join(from, "×"), length(from) == 1 ? " elements" : " array", " to ", join(to, "×"), length(to) == 1 ? " destinations" : " destination")))
end
function write_places!(a, x, next, places::Tuple, at...)
    for i in last(places)
        next = length(places) == 1 ? write_place!(a, x, next, i, at...) : write_places!(a, x, next, front(places), i, at...)
    end
    return next
end
function write_place!(a, x, next, at...)
    a[at...] = next[1]
    return iterate(x, next[2])
end

# A part of an array that shares its elements. `L`: whether the elements lie evenly spaced.
struct SubArray{T,N,P,I,L} <: AbstractArray{T,N}
    parent::P
    indices::I
end
view(a::AbstractArray, indices...) = view_of(a, flat_parts(indices))
function view_of(a::AbstractArray{T}, indices::Tuple) where {T}
    places = all_places(a, indices)
    checkbounds(Bool, a, places...) || throw(BoundsError(a, length(indices) == 1 ? indices[1] : indices))
    return sub_array(a, places, part_size(places))
end
view_of(r::AbstractRange, indices::Tuple{AbstractRange}) = r[indices[1]]
sub_array(a::AbstractArray{T}, places, ::NTuple{N,Int64}) where {T,N} = SubArray{T,N,typeof(a),typeof(places),is_even(places)}(a, places)
is_even(::Tuple{}) = true
is_even(places::Tuple) = evenly_spaced(places[1], tail(places))
evenly_spaced(i::Int64, rest) = is_even(rest)
evenly_spaced(r::OneTo, rest) = is_even(rest)
evenly_spaced(r::AbstractRange, rest) = rest isa Tuple{Vararg{Int64}}
evenly_spaced(r, rest) = false
parent(s::SubArray) = s.parent
parentindices(s::SubArray) = s.indices
parentindices(a::AbstractArray) = axes(a)
parent(a::AbstractArray) = a
size(s::SubArray) = part_size(s.indices)
# The parent's indices for those of the part.
parent_place(::Tuple{}, ::Tuple{}) = ()
parent_place(places::Tuple{Int64,Vararg{Any}}, at::Tuple) = (places[1], parent_place(tail(places), at)...)
parent_place(places::Tuple, at::Tuple) = (places[1][at[1]], parent_place(tail(places), tail(at))...)
getindex(s::SubArray{T,1}, i::Int64) where {T} = (checkbounds(s, i); s.parent[parent_place(s.indices, (i,))...])
getindex(s::SubArray{T,N}, i::Vararg{Int64,N}) where {T,N} = (checkbounds(s, i...); s.parent[parent_place(s.indices, i)...])
setindex!(s::SubArray{T,1}, x, i::Int64) where {T} = (checkbounds(s, i); s.parent[parent_place(s.indices, (i,))...] = x; s)
setindex!(s::SubArray{T,N}, x, i::Vararg{Int64,N}) where {T,N} = (checkbounds(s, i...); s.parent[parent_place(s.indices, i)...] = x; s)
similar(s::SubArray, ::Type{T}, dims::Tuple) where {T} = similar(s.parent, T, dims)

# Rows, columns and slices as views.
struct Slices{T,P} <: AbstractArray{T,1}
    parent::P
    dim::Int64
end
eachrow(a::AbstractArray{T,2}) where {T} = Slices{row_type(a),typeof(a)}(a, 1)
eachcol(a::AbstractArray{T,2}) where {T} = Slices{column_type(a),typeof(a)}(a, 2)
eachrow(a::AbstractArray{T,1}) where {T} = eachrow(reshape(a, length(a), 1))
eachcol(a::AbstractArray{T,1}) where {T} = eachcol(reshape(a, length(a), 1))
row_type(a::AbstractArray{T,2}) where {T} = SubArray{T,1,typeof(a),Tuple{Int64,OneTo{Int64}},true}
column_type(a::AbstractArray{T,2}) where {T} = SubArray{T,1,typeof(a),Tuple{OneTo{Int64},Int64},true}
size(s::Slices) = (size(s.parent, s.dim),)
getindex(s::Slices, i::Int64) = s.dim == 1 ? view(s.parent, i, :) : view(s.parent, :, i)
function eachslice(a::AbstractArray{T,N}; dims) where {T,N}
    d = dims isa Tuple ? only(dims) : dims
    return [view(a, ntuple(k -> k == d ? i : (:), N)...) for i in 1:size(a, d)]
end
selectdim(a::AbstractArray{T,N}, d::Integer, i) where {T,N} = view(a, ntuple(k -> k == d ? i : (:), N)...)
