# What any array has that has `size` and `getindex`.

eltype(::Type{<:AbstractArray{T}}) where {T} = T
ndims(::AbstractArray{T,N}) where {T,N} = N
ndims(::Type{<:AbstractArray{T,N}}) where {T,N} = N
ndims(::Number) = 0
# A number is a collection of itself.
eltype(::Type{T}) where {T<:Number} = T
firstindex(::Number) = 1
lastindex(::Number) = 1
first(x::Number) = x
last(x::Number) = x
isempty(::Number) = false
getindex(x::Number) = x
getindex(x::Number, i::Integer) = i == 1 ? x : throw(BoundsError(x, i))
keys(::Number) = OneTo(1)
length(a::AbstractArray) = element_count(size(a))
element_count(t::Tuple{}) = 1
element_count(t::Tuple) = t[1] * element_count(tail(t))
size(a, d::Int64) = d <= length(size(a)) ? size(a)[d] : 1
size(a, d::Integer) = size(a, convert(Int64, d))
size(x::Number) = ()
isempty(items) = iterate(items) === nothing
isempty(a::AbstractArray) = length(a) == 0
firstindex(a::AbstractArray) = 1
lastindex(a::AbstractArray) = length(a)
firstindex(a::AbstractArray, d::Int64) = 1
lastindex(a::AbstractArray, d::Int64) = size(a, d)
axes(a) = axes_of(size(a))
axes(a, d::Int64) = OneTo(size(a, d))
axes_of(t::Tuple) = map(OneTo, t)
axes(t::Tuple) = (OneTo(length(t)),)
eachindex(a::AbstractArray) = places_by(IndexStyle(a), a)
eachindex(::IndexLinear, a::AbstractArray) = OneTo(length(a))
eachindex(::IndexCartesian, a::AbstractArray) = CartesianIndices(a)
eachindex(a::AbstractArray, b::AbstractArray) = eachindex(a)
places_by(::IndexLinear, a) = OneTo(length(a))
places_by(::IndexCartesian, a) = CartesianIndices(a)
keys(a::AbstractArray) = CartesianIndices(a)
keys(a::AbstractArray{T,1}) where {T} = OneTo(length(a))
values(a::AbstractArray) = a
first(a::AbstractArray) = isempty(a) ? throw(BoundsError(a, firstindex(a))) : a[first(eachindex(a))]
last(a::AbstractArray) = a[last(eachindex(a))]
first(a::AbstractArray, n::Integer) = a[1:min(check_part_length(n), length(a))]
last(a::AbstractArray, n::Integer) = a[max(1, length(a) - check_part_length(n) + 1):length(a)]
check_part_length(n) = n < 0 ? throw(ArgumentError("Number of elements must be nonnegative")) : n

iterate(a::AbstractArray) = iterate_places(a, eachindex(a), iterate(eachindex(a)))
iterate(a::AbstractArray, state) = iterate_places(a, state[1], iterate(state[1], state[2]))
iterate_places(a, places, ::Nothing) = nothing
iterate_places(a, places, next) = (a[next[1]], (places, next[2]))

similar(a::AbstractArray{T}) where {T} = similar(a, T, size(a))
similar(a::AbstractArray, ::Type{T}) where {T} = similar(a, T, size(a))
similar(a::AbstractArray{T}, n::Integer...) where {T} = similar(a, T, map(to_int, n))
similar(a::AbstractArray{T}, dims::Tuple) where {T} = similar(a, T, dims)
similar(a::AbstractArray, ::Type{T}, n::Integer...) where {T} = similar(a, T, map(to_int, n))
similar(a::AbstractArray, ::Type{T}, dims::Tuple) where {T} = similar_of(T, map(range_length, dims))
similar(::Type{A}, dims::Tuple) where {A<:AbstractArray} = A(undef, map(range_length, dims))
similar(::Type{A}, dims::Integer...) where {A<:AbstractArray} = A(undef, dims...)
range_length(n::Integer) = convert(Int64, n)
range_length(r::AbstractRange) = length(r)
similar_of(::Type{T}, dims::Tuple{Int64}) where {T} = Array{T,1}(undef, dims[1])
similar_of(::Type{T}, dims::Tuple{Int64,Int64}) where {T} = Array{T,2}(undef, dims[1], dims[2])
similar_of(::Type{T}, dims::NTuple{N,Int64}) where {T,N} = Array{T,N}(undef, dims...)
empty(a::AbstractArray{T,1}) where {T} = Array{T,1}(undef, 0)
empty(a::AbstractArray, ::Type{T}) where {T} = Array{T,1}(undef, 0)
copy(a::AbstractArray) = copyto!(similar(a), a)
reverse(a::AbstractArray{T,1}) where {T} = reverse!(copy(a))
zero(a::AbstractArray{T}) where {T<:Number} = fill!(similar(a), zero(T))

# One element, when the array has no method of its own for these indices.
getindex(a::AbstractArray, i::Int64...) = element_at(IndexStyle(a), a, i...)
getindex(a::AbstractArray, i::Integer...) = a[map(to_index, i)...]
getindex(a::AbstractArray{T,N}, i::CartesianIndex{N}) where {T,N} = a[i.I...]
setindex!(a::AbstractArray{T,N}, x, i::CartesianIndex{N}) where {T,N} = setindex!(a, x, i.I...)
to_index(i::Integer) = convert(Int64, i)
to_index(i::Bool) = throw(ArgumentError(string("invalid index: ", i, " of type Bool")))
element_at(::IndexLinear, a, i::Int64) = throw(CanonicalIndexError("getindex", typeof(a)))
element_at(::IndexLinear, a, i::Int64...) = (checkbounds(a, i...); a[linear_index(size(a), i)])
element_at(::IndexLinear, a) = a[1]
element_at(::IndexCartesian, a::AbstractArray{T,N}, i::Vararg{Int64,N}) where {T,N} = throw(CanonicalIndexError("getindex", typeof(a)))
element_at(::IndexCartesian, a::AbstractArray, i::Int64...) = (checkbounds(a, i...); a[cartesian_index(size(a), linear_index(size(a), i))...])
setindex!(a::AbstractArray, x, i::Int64...) = set_element_at!(IndexStyle(a), a, x, i...)
setindex!(a::AbstractArray, x, i::Integer...) = setindex!(a, x, map(to_index, i)...)
set_element_at!(::IndexLinear, a, x, i::Int64) = throw(CanonicalIndexError("setindex!", typeof(a)))
set_element_at!(::IndexLinear, a, x, i::Int64...) = (checkbounds(a, i...); setindex!(a, x, linear_index(size(a), i)))
set_element_at!(::IndexCartesian, a::AbstractArray{T,N}, x, i::Vararg{Int64,N}) where {T,N} = throw(CanonicalIndexError("setindex!", typeof(a)))
set_element_at!(::IndexCartesian, a::AbstractArray, x, i::Int64...) = (checkbounds(a, i...); setindex!(a, x, cartesian_index(size(a), linear_index(size(a), i))...))

# The array has no method that reads or writes one element.
struct CanonicalIndexError <: Exception
    func::String
    type::Any
end
showerror(io, e::CanonicalIndexError) = print(io, "CanonicalIndexError: ", e.func, " not defined for ", e.type)

function checkbounds(a::AbstractArray, indices...)
    checkbounds(Bool, a, indices...) || throw(BoundsError(a, length(indices) == 1 ? indices[1] : indices))
    return nothing
end
checkbounds(::Type{Bool}, a::AbstractArray, indices...) = within_bounds(a, indices...)
within_bounds(a::AbstractArray, i::Integer) = 1 <= i && i <= length(a)
within_bounds(a::AbstractArray, i::Integer, j::Integer) = 1 <= i && i <= size(a, 1) && 1 <= j && j <= axis_length(a, 2, 2)
within_bounds(a::AbstractArray, r::AbstractArray) = isempty(r) || all(i -> within_bounds(a, i), r)
within_bounds(a::AbstractArray, r::AbstractUnitRange) = isempty(r) || 1 <= first(r) && last(r) <= length(a)
within_bounds(a::AbstractArray, mask::AbstractArray{Bool}) = length(mask) == length(a)
within_bounds(a::AbstractArray, i::CartesianIndex) = within_bounds(a, i.I...)
within_bounds(a::AbstractArray, ::Colon) = true
within_bounds(a::AbstractArray) = length(a) == 1
within_bounds(a::AbstractArray, indices...) = fits_from(a, flat_parts(indices), 1)
fits_from(a, ::Tuple{}, d) = all(k -> size(a, k) == 1, d:ndims(a))
fits_from(a, parts::Tuple, d) = fits_axis(parts[1], axis_length(a, d, d + length(parts) - 1)) && (length(parts) == 1 || fits_from(a, tail(parts), d + 1))
fits_axis(i::Integer, n) = 1 <= i && i <= n
fits_axis(::Colon, n) = true
fits_axis(r::AbstractArray, n) = isempty(r) || all(i -> 1 <= i && i <= n, r)
fits_axis(mask::AbstractArray{Bool}, n) = length(mask) == n
checkindex(::Type{Bool}, axis::AbstractRange, i::Integer) = first(axis) <= i && i <= last(axis)
checkindex(::Type{Bool}, axis::AbstractRange, r::AbstractArray) = all(i -> checkindex(Bool, axis, i), r)
# The length of dimension `d` where `n` indices are given: the last of them covers all further dimensions.
axis_length(a, d, n) = d < n || n >= ndims(a) ? size(a, d) : div(length(a), lengths_before(size(a), d))
lengths_before(dims, d) = d == 1 ? 1 : dims[1] * lengths_before(tail(dims), d - 1)

function isequal(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    for (x, y) in zip(a, b)
        isequal(x, y) || return false
    end
    return true
end
# An unknown element leaves the answer unknown, unless another one differs.
function ==(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    unknown = false
    for (x, y) in zip(a, b)
        same = x == y
        if same === missing
            unknown = true
        else
            same || return false
        end
    end
    return unknown ? missing : true
end
function isless(a::AbstractArray{S,1}, b::AbstractArray{T,1}) where {S,T}
    for i in 1:min(length(a), length(b))
        isless(a[i], b[i]) && return true
        isless(b[i], a[i]) && return false
    end
    return length(a) < length(b)
end
cmp(a::AbstractArray{S,1}, b::AbstractArray{T,1}) where {S,T} = isless(a, b) ? -1 : isless(b, a) ? 1 : 0

function fill!(a::AbstractArray{T}, x) where {T}
    v = convert(T, x)::T
    for i in eachindex(a)
        a[i] = v
    end
    return a
end
function copyto!(a::AbstractArray, items)
    i = 1
    for x in items
        a[i] = x
        i += 1
    end
    return a
end
function copyto!(a::AbstractArray, items::AbstractArray)
    length(items) <= length(a) || throw(BoundsError(a, length(items)))
    for (i, x) in zip(eachindex(a), items)
        a[i] = x
    end
    return a
end
function copyto!(a::AbstractArray, at::Integer, items::AbstractArray)
    return copyto!(a, at, items, 1, length(items))
end
function copyto!(a::AbstractArray, at::Integer, items::AbstractArray, from::Integer, n::Integer)
    n < 0 && throw(ArgumentError(string("tried to copy n=", n, " elements, but n should be nonnegative")))
    n == 0 && return a
    checkbounds(a, at:(at + n - 1))
    checkbounds(items, from:(from + n - 1))
    if a === items && at > from
        for k in (n - 1):-1:0
            a[at + k] = items[from + k]
        end
        return a
    end
    for k in 0:(n - 1)
        a[at + k] = items[from + k]
    end
    return a
end
function copy!(a::AbstractArray{T,1}, items::AbstractArray{S,1}) where {T,S}
    length(a) == length(items) || resize!(a, length(items))
    return copyto!(a, items)
end
copy!(a::AbstractArray, items::AbstractArray) = copyto!(a, items)

reverse!(a::AbstractArray{T,1}) where {T} = reverse!(a, 1, length(a))
function reverse!(a::AbstractArray{T,1}, from::Integer, to::Integer = length(a)) where {T}
    i = from
    j = to
    while i < j
        a[i], a[j] = a[j], a[i]
        i += 1
        j -= 1
    end
    return a
end
reverse(a::AbstractArray{T,1}, from::Integer, to::Integer = length(a)) where {T} = reverse!(copy(a), from, to)
function reverse(a::AbstractArray{T,N}; dims = :) where {T,N}
    dims isa Colon && return reshape(reverse(vec(copy(a))), size(a))
    return a[ntuple(d -> d == dims ? (size(a, d):-1:1) : (1:size(a, d)), N)...]
end

function repeat(a::AbstractArray{T,1}, n::Integer) where {T}
    result = similar(a, 0)
    for k in 1:n
        append!(result, a)
    end
    return result
end
repeat(a::AbstractArray{T,1}, m::Integer, n::Integer) where {T} = repeat(reshape(a, length(a), 1), m, n)
repeat(a::AbstractArray{T,2}, m::Integer, n::Integer = 1) where {T} = [a[mod1(i, size(a, 1)), mod1(j, size(a, 2))] for i in 1:(m * size(a, 1)), j in 1:(n * size(a, 2))]
function repeat(a::AbstractArray{T,1}; inner = 1, outer = 1) where {T}
    return T[x for k in 1:outer for x in a for i in 1:inner]
end
diff(a::AbstractArray{T,1}) where {T} = [a[i + 1] - a[i] for i in 1:(length(a) - 1)]
function diff(a::AbstractArray{T,2}; dims) where {T}
    m, n = size(a)
    return dims == 1 ? [a[i + 1, j] - a[i, j] for i in 1:(m - 1), j in 1:n] : [a[i, j + 1] - a[i, j] for i in 1:m, j in 1:(n - 1)]
end
function circshift(a::AbstractArray{T,1}, by::Integer) where {T}
    n = length(a)
    return [a[mod1(i - by, n)] for i in 1:n]
end
function circshift(a::AbstractArray{T,2}, by) where {T}
    m, n = size(a)
    down, right = by isa Tuple ? (by[1], length(by) > 1 ? by[2] : 0) : (by, 0)
    return [a[mod1(i - down, m), mod1(j - right, n)] for i in 1:m, j in 1:n]
end

replace(a::AbstractArray, rules::Pair...; count::Integer = typemax(Int64)) = replace!(widened_for(a, rules), rules...; count)
widened_for(a::AbstractArray{T}, rules) where {T} = copyto!(similar(a, replaced_type(T, rules)), a)
replaced_type(T, ::Tuple{}) = T
replaced_type(T, rules) = replaced_type(promote_type(T, typeof(rules[1].second)), tail(rules))
function replace!(a::AbstractArray, rules::Pair...; count::Integer = typemax(Int64))
    left = count
    for i in eachindex(a)
        left > 0 || break
        x = a[i]
        new = replaced(x, rules...)
        new === x || (left -= 1)
        a[i] = new
    end
    return a
end
replaced(x) = x
replaced(x, rule, rest...) = isequal(x, rule.first) ? rule.second : replaced(x, rest...)
replace(f::Function, a::AbstractArray) = map(f, a)
replace!(f::Function, a::AbstractArray) = map!(f, a, a)
