# `Array`: storage, element access, growth of vectors. Storage and growth are built-in functions; what holds for every
# kind of array is in abstractarrays.jl.

const Vector{T} = Array{T,1}
const Matrix{T} = Array{T,2}
const AbstractVector{T} = AbstractArray{T,1}
const AbstractMatrix{T} = AbstractArray{T,2}
const VecOrMat{T} = Union{Vector{T},Matrix{T}}
const AbstractVecOrMat{T} = Union{AbstractVector{T},AbstractMatrix{T}}

Array{T,1}(::UndefInitializer, n::Int64) where {T} = Core._new_array(Array{T,1}, n)
Array{T,2}(::UndefInitializer, m::Int64, n::Int64) where {T} = Core._new_array(Array{T,2}, m, n)
Array{T,3}(::UndefInitializer, l::Int64, m::Int64, n::Int64) where {T} = Core._new_array(Array{T,3}, l, m, n)
Array{T,N}(::UndefInitializer, dims::Vararg{Int64,N}) where {T,N} = Core._new_array(Array{T,N}, dims...)
Array{T,N}(u::UndefInitializer, dims::Vararg{Integer,N}) where {T,N} = Array{T,N}(u, map(to_int, dims)...)
Array{T,N}(u::UndefInitializer, dims::NTuple{N,Integer}) where {T,N} = Array{T,N}(u, dims...)
Array{T}(u::UndefInitializer, n::Integer) where {T} = Array{T,1}(u, convert(Int64, n))
Array{T}(u::UndefInitializer, m::Integer, n::Integer) where {T} = Array{T,2}(u, convert(Int64, m), convert(Int64, n))
Array{T}(u::UndefInitializer, dims::NTuple{N,Integer}) where {T,N} = Array{T,N}(u, dims...)
Array{T}(u::UndefInitializer, dims::Vararg{Integer,N}) where {T,N} = Array{T,N}(u, dims...)
Array{T,1}() where {T} = Core._new_array(Array{T,1}, 0)
Array{T,2}() where {T} = Core._new_array(Array{T,2}, 0, 0)
Array{T,N}(x::Union{Nothing,Missing}, dims::Integer...) where {T,N} = fill!(Array{T,N}(undef, dims...), x)
Array{T}(x::Union{Nothing,Missing}, dims::Integer...) where {T} = fill!(Array{T}(undef, dims...), x)
to_int(i) = convert(Int64, i)

length(a::Array) = Core.arraylen(a)
size(a::Array{T,1}) where {T} = (Core.arraysize(a, 1),)
size(a::Array{T,2}) where {T} = (Core.arraysize(a, 1), Core.arraysize(a, 2))
size(a::Array{T,3}) where {T} = (Core.arraysize(a, 1), Core.arraysize(a, 2), Core.arraysize(a, 3))
size(a::Array{T,N}) where {T,N} = ntuple(d -> Core.arraysize(a, d), N)
size(a::Array, d::Int64) = d < 1 ? error("arraysize: dimension out of range") : Core.arraysize(a, d)
firstindex(a::Array) = 1
lastindex(a::Array) = Core.arraylen(a)
firstindex(a::Array, d::Int64) = 1
lastindex(a::Array, d::Int64) = Core.arraysize(a, d)
eachindex(a::Array) = OneTo(Core.arraylen(a))
isassigned(a::Array, i::Integer) = 1 <= i && i <= length(a) && Core._array_isassigned(a, convert(Int64, i))
isassigned(a::Array, i::Integer...) = checkbounds(Bool, a, i...) && isassigned(a, linear_index(size(a), i))

getindex(a::Array, i::Int64) = Core.arrayref(@_boundscheck(), a, i)
getindex(a::Array, i::Int64, j::Int64) = Core.arrayref(@_boundscheck(), a, i, j)
getindex(a::Array, i::Int64, j::Int64, k::Int64) = Core.arrayref(@_boundscheck(), a, i, j, k)
getindex(a::Array, i::Int64...) = Core.arrayref(@_boundscheck(), a, i...)
getindex(a::Array) = Core.arraylen(a) == 1 ? Core.arrayref(false, a, 1) : throw(BoundsError(a, ()))
setindex!(a::Array{T}, v, i::Int64) where {T} = Core.arrayset(@_boundscheck(), a, convert(T, v)::T, i)
setindex!(a::Array{T}, v, i::Int64, j::Int64) where {T} = Core.arrayset(@_boundscheck(), a, convert(T, v)::T, i, j)
setindex!(a::Array{T}, v, i::Int64, j::Int64, k::Int64) where {T} = Core.arrayset(@_boundscheck(), a, convert(T, v)::T, i, j, k)
setindex!(a::Array{T}, v, i::Int64...) where {T} = Core.arrayset(@_boundscheck(), a, convert(T, v)::T, i...)
setindex!(a::Array{T,0}, v) where {T} = Core.arrayset(@_boundscheck(), a, convert(T, v)::T, 1)
iterate(a::Array) = Core.arraylen(a) == 0 ? nothing : (Core.arrayref(false, a, 1), 2)
iterate(a::Array, i::Int64) = ult_int(bitcast(UInt64, i - 1), bitcast(UInt64, Core.arraylen(a))) ? (Core.arrayref(false, a, i), i + 1) : nothing

function push!(a::Array{T,1}, x) where {T}
    v = convert(T, x)::T
    Core._array_grow_end!(a, 1)
    Core.arrayset(false, a, v, Core.arraylen(a))
    return a
end
push!(a::Array{T,1}, x, y, rest...) where {T} = push!(push!(a, x), y, rest...)
push!(a::Array{T,1}) where {T} = a
function pop!(a::Array{T,1}) where {T}
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    x = a[length(a)]
    Core._array_del_end!(a, 1)
    return x
end
function pushfirst!(a::Array{T,1}, x) where {T}
    v = convert(T, x)::T
    Core._array_grow_at!(a, 1, 1)
    a[1] = v
    return a
end
pushfirst!(a::Array{T,1}, x, rest...) where {T} = pushfirst!(pushfirst!(a, rest...), x)
function popfirst!(a::Array{T,1}) where {T}
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    x = a[1]
    Core._array_del_at!(a, 1, 1)
    return x
end
function insert!(a::Array{T,1}, i::Integer, x) where {T}
    v = convert(T, x)::T
    1 <= i && i <= length(a) + 1 || throw(BoundsError(a, i))
    Core._array_grow_at!(a, convert(Int64, i), 1)
    a[i] = v
    return a
end
function deleteat!(a::Array{T,1}, i::Integer) where {T}
    1 <= i && i <= length(a) || throw(BoundsError(a, i))
    Core._array_del_at!(a, convert(Int64, i), 1)
    return a
end
function deleteat!(a::Array{T,1}, r::AbstractUnitRange{<:Integer}) where {T}
    isempty(r) && return a
    1 <= first(r) && last(r) <= length(a) || throw(BoundsError(a, r))
    Core._array_del_at!(a, convert(Int64, first(r)), length(r))
    return a
end
# What stays moves to the front; the places must ascend.
function deleteat!(a::Array{T,1}, places) where {T}
    to = 0
    from = 1
    before = 0
    for i in places
        i isa Bool && throw(ArgumentError(string("invalid index: ", i, " of type Bool")))
        i > before || throw(ArgumentError("indices must be unique and sorted"))
        1 <= i && i <= length(a) || throw(BoundsError(a, i))
        before = i
        while from < i
            to += 1
            a[to] = a[from]
            from += 1
        end
        from = i + 1
    end
    while from <= length(a)
        to += 1
        a[to] = a[from]
        from += 1
    end
    return resize!(a, to)
end
deleteat!(a::Array{T,1}, mask::AbstractArray{Bool}) where {T} = deleteat!(a, findall(mask))
function append!(a::Array{T,1}, items) where {T}
    for x in items
        push!(a, x)
    end
    return a
end
function append!(a::Array{T,1}, items::AbstractArray) where {T}
    n = length(items)
    at = length(a)
    Core._array_grow_end!(a, n)
    k = 1
    while k <= n
        a[at + k] = items[k]
        k += 1
    end
    return a
end
append!(a::Array{T,1}) where {T} = a
append!(a::Array{T,1}, items, more, rest...) where {T} = append!(append!(a, items), more, rest...)
function prepend!(a::Array{T,1}, items) where {T}
    new = collect(items)
    n = length(new)
    Core._array_grow_at!(a, 1, n)
    for k in 1:n
        a[k] = new[k]
    end
    return a
end
prepend!(a::Array{T,1}, items, more, rest...) where {T} = prepend!(prepend!(a, more, rest...), items)
function resize!(a::Array{T,1}, n::Integer) where {T}
    m = length(a)
    n < 0 && throw(ArgumentError("new length must be ≥ 0"))
    n > m && Core._array_grow_end!(a, convert(Int64, n - m))
    n < m && Core._array_del_end!(a, convert(Int64, m - n))
    return a
end
empty!(a::Array{T,1}) where {T} = resize!(a, 0)
sizehint!(a, n) = a

function splice!(a::Array{T,1}, i::Integer) where {T}
    x = a[i]
    deleteat!(a, i)
    return x
end
function splice!(a::Array{T,1}, i::Integer, items) where {T}
    x = a[i]
    splice!(a, i:i, items)
    return x
end
function splice!(a::Array{T,1}, r::AbstractUnitRange{<:Integer}, items = ()) where {T}
    removed = a[r]
    at = convert(Int64, first(r))
    isempty(r) || Core._array_del_at!(a, at, length(r))
    for x in items
        insert!(a, at, x)
        at += 1
    end
    return removed
end
function splice!(a::Array{T,1}, places) where {T}
    removed = a[places]
    deleteat!(a, places)
    return removed
end
popat!(a::Array{T,1}, i::Integer) where {T} = splice!(a, i)
popat!(a::Array{T,1}, i::Integer, default) where {T} = 1 <= i && i <= length(a) ? splice!(a, i) : default
function keepat!(a::Array{T,1}, places) where {T}
    kept = a[places]
    resize!(a, length(kept))
    return copyto!(a, kept)
end

# `[a, b, c]`: the elements are brought to one type.
vect() = Array{Any,1}(undef, 0)
function vect(x::T, rest::T...) where {T}
    a = Array{T,1}(undef, 1 + length(rest))
    a[1] = x
    for i in 1:length(rest)
        a[i + 1] = rest[i]
    end
    return a
end
function vect(items...)
    T = common_type(items, 1)
    a = Core._new_array(Core.apply_type(Array, T, 1), length(items))
    for i in 1:length(items)
        a[i] = items[i]
    end
    return a
end
common_type(items, i) = i == length(items) ? typeof(items[i]) : promote_type(typeof(items[i]), common_type(items, i + 1))

# `T[a, b, c]`.
function getindex(::Type{T}, items...) where {T}
    a = Array{T,1}(undef, length(items))
    for i in 1:length(items)
        a[i] = items[i]
    end
    return a
end
getindex(::Type{T}) where {T} = Array{T,1}(undef, 0)
getindex(::Type{T}, x) where {T} = (a = Array{T,1}(undef, 1); a[1] = x; a)
getindex(::Type{T}, x, y) where {T} = (a = Array{T,1}(undef, 2); a[1] = x; a[2] = y; a)

similar(a::Array{T,1}) where {T} = Array{T,1}(undef, length(a))
similar(a::Array{T,2}) where {T} = Array{T,2}(undef, size(a, 1), size(a, 2))
function copy(a::Array)
    b = similar(a)
    for i in 1:length(a)
        isassigned(a, i) && (b[i] = a[i])
    end
    return b
end
copy(a::Array{T}) where {T<:Union{BitInteger,BitFloat,Bool,Char}} = (b = similar(a); Core._array_copy!(b, 1, a, 1, length(a)); b)

fill(x::T, n::Integer) where {T} = fill!(Array{T,1}(undef, n), x)
fill(x::T, m::Integer, n::Integer) where {T} = fill!(Array{T,2}(undef, m, n), x)
fill(x::T, dims::Vararg{Integer,N}) where {T,N} = fill!(Array{T,N}(undef, dims...), x)
fill(x, dims::Tuple) = fill(x, dims...)
zeros(n::Integer) = fill(0.0, n)
zeros(dims::Integer...) = fill(0.0, dims...)
zeros(::Type{T}, n::Integer) where {T} = fill(zero(T), n)
zeros(::Type{T}, m::Integer, n::Integer) where {T} = fill(zero(T), m, n)
zeros(::Type{T}, dims::Integer...) where {T} = fill(zero(T), dims...)
ones(n::Integer) = fill(1.0, n)
ones(dims::Integer...) = fill(1.0, dims...)
ones(::Type{T}, n::Integer) where {T} = fill(one(T), n)
ones(::Type{T}, dims::Integer...) where {T} = fill(one(T), dims...)
zeros(dims::Tuple) = zeros(dims...)
ones(dims::Tuple) = ones(dims...)
zeros(::Type{T}, dims::Tuple) where {T} = zeros(T, dims...)
ones(::Type{T}, dims::Tuple) where {T} = ones(T, dims...)

Array{T,1}(items::AbstractArray) where {T} = T[x for x in items]
Array(items::AbstractArray{T,N}) where {T,N} = copyto!(Array{T,N}(undef, size(items)), items)
Array{T}(items::AbstractArray{S,N}) where {T,S,N} = copyto!(Array{T,N}(undef, size(items)), items)
Array{T,N}(items::AbstractArray{S,N}) where {T,S,N} = copyto!(Array{T,N}(undef, size(items)), items)
Array{T,1}(items::AbstractRange) where {T} = T[x for x in items]
(::Type{Array{T,1} where {T}})(items::AbstractArray{S,1}) where {S} = copyto!(Array{S,1}(undef, length(items)), items)
(::Type{Array{T,2} where {T}})(items::AbstractArray{S,2}) where {S} = copyto!(Array{S,2}(undef, size(items)), items)
convert(::Type{Array{T,N}}, a::AbstractArray{S,N}) where {T,S,N} = copyto!(Array{T,N}(undef, size(a)), a)
convert(::Type{Array{T,N}}, a::Array{T,N}) where {T,N} = a
convert(::Type{Array{T}}, a::Array{T}) where {T} = a
convert(::Type{Array{T}}, a::AbstractArray{S,N}) where {T,S,N} = copyto!(Array{T,N}(undef, size(a)), a)
convert(::Type{Array}, a::AbstractArray) = a isa Array ? a : Array(a)
convert(::Type{AbstractArray{T,N}}, a::AbstractArray{S,N}) where {T,S,N} = a isa AbstractArray{T,N} ? a : copyto!(similar(a, T), a)
convert(::Type{AbstractArray{T}}, a::AbstractArray{S,N}) where {T,S,N} = a isa AbstractArray{T} ? a : copyto!(similar(a, T), a)

# Arrays of one number of dimensions have a common type where one element type takes in the other.
promote_rule(::Type{Array{T,N}}, ::Type{Array{S,N}}) where {T,S,N} = joint_array(promote_type(T, S), Array{T,N}, Array{S,N})
joint_array(::Type{T}, ::Type{Array{T,N}}, ::Type{Array{S,N}}) where {T,S,N} = Array{T,N}
joint_array(::Type{S}, ::Type{Array{T,N}}, ::Type{Array{S,N}}) where {T,S,N} = Array{S,N}
joint_array(::Type, A::Type, B::Type) = typejoin(A, B)

# The same elements under other lengths.
reshape(a::Array{T}, dims::NTuple{N,Int64}) where {T,N} = (check_reshape(a, dims); Core._array_reshape(Array{T,N}, a, dims...))
reshape(a::Array{T,N}, dims::NTuple{N,Int64}) where {T,N} = size(a) == dims ? a : (check_reshape(a, dims); Core._array_reshape(Array{T,N}, a, dims...))
function check_reshape(a, dims)
    element_count(dims) == length(a) || throw(DimensionMismatch(string("new dimensions ", dims, " must be consistent with array size ", length(a))))
end
