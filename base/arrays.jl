# Arrays. Storage, growth and element access are built-in functions; the rest is here.

const Vector{T} = Array{T,1}
const Matrix{T} = Array{T,2}
const AbstractVector{T} = AbstractArray{T,1}
const AbstractMatrix{T} = AbstractArray{T,2}

Array{T,1}(::UndefInitializer, n::Int64) where {T} = Core._new_array(Array{T,1}, n)
Array{T,2}(::UndefInitializer, m::Int64, n::Int64) where {T} = Core._new_array(Array{T,2}, m, n)
Array{T,N}(u::UndefInitializer, dims::Tuple) where {T,N} = Array{T,N}(u, dims...)
Array{T,1}(u::UndefInitializer, n::Integer) where {T} = Array{T,1}(u, convert(Int64, n))
Array{T,2}(u::UndefInitializer, m::Integer, n::Integer) where {T} = Array{T,2}(u, convert(Int64, m), convert(Int64, n))
Array{T}(u::UndefInitializer, n::Integer) where {T} = Array{T,1}(u, convert(Int64, n))
Array{T}(u::UndefInitializer, m::Integer, n::Integer) where {T} = Array{T,2}(u, convert(Int64, m), convert(Int64, n))
Array{T,1}() where {T} = Core._new_array(Array{T,1}, 0)

eltype(::Type{<:AbstractArray{T}}) where {T} = T
length(a::Array) = Core.arraylen(a)
size(a::Array{T,1}) where {T} = (Core.arraysize(a, 1),)
size(a::Array{T,2}) where {T} = (Core.arraysize(a, 1), Core.arraysize(a, 2))
size(a::Array, d::Int64) = Core.arraysize(a, d)
size(a, d::Int64) = d <= length(size(a)) ? size(a)[d] : 1
isempty(a) = length(a) == 0
firstindex(a::Array) = 1
lastindex(a::Array) = Core.arraylen(a)
firstindex(a::Array, d::Int64) = 1
lastindex(a::Array, d::Int64) = Core.arraysize(a, d)
eachindex(a::Array) = OneTo(length(a))
axes(a) = axes_of(size(a))
axes(a, d::Int64) = OneTo(size(a, d))
axes_of(t::Tuple) = map(OneTo, t)
first(a::AbstractArray) = a[1]
last(a::AbstractArray) = a[length(a)]
size(a::Array{T,3}) where {T} = (Core.arraysize(a, 1), Core.arraysize(a, 2), Core.arraysize(a, 3))
Array{T,3}(::UndefInitializer, l::Int64, m::Int64, n::Int64) where {T} = Core._new_array(Array{T,3}, l, m, n)
getindex(a::Array, i::Int64, j::Int64, k::Int64) = Core.arrayref(true, a, i, j, k)
setindex!(a::Array{T}, v, i::Int64, j::Int64, k::Int64) where {T} = Core.arrayset(true, a, convert(T, v)::T, i, j, k)

getindex(a::Array, i::Int64) = Core.arrayref(true, a, i)
getindex(a::Array, i::Int64, j::Int64) = Core.arrayref(true, a, i, j)
getindex(a::Array, i::Integer) = a[convert(Int64, i)]
setindex!(a::Array{T}, v, i::Int64) where {T} = Core.arrayset(true, a, convert(T, v)::T, i)
setindex!(a::Array{T,2}, v, i::Int64, j::Int64) where {T} = Core.arrayset(true, a, convert(T, v)::T, i, j)
setindex!(a::Array, v, i::Integer) = setindex!(a, v, convert(Int64, i))
iterate(a::Array) = Core.arraylen(a) == 0 ? nothing : (Core.arrayref(false, a, 1), 2)
iterate(a::Array, i::Int64) = ult_int(bitcast(UInt64, i - 1), bitcast(UInt64, Core.arraylen(a))) ? (Core.arrayref(false, a, i), i + 1) : nothing

function push!(a::Array{T,1}, x) where {T}
    v = convert(T, x)::T
    Core._array_grow_end!(a, 1)
    Core.arrayset(false, a, v, Core.arraylen(a))
    return a
end
push!(a::Array, x, y, rest...) = push!(push!(a, x), y, rest...)
push!(a::Array) = a
function pop!(a::Array{T,1}) where {T}
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    x = a[length(a)]
    Core._array_del_end!(a, 1)
    return x
end
function pushfirst!(a::Array{T,1}, x) where {T}
    v = convert(T, x)::T
    insert!(a, 1, v)
    return a
end
function popfirst!(a::Array{T,1}) where {T}
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    x = a[1]
    deleteat!(a, 1)
    return x
end
function insert!(a::Array{T,1}, i::Int64, x) where {T}
    v = convert(T, x)::T
    n = length(a)
    (i < 1) | (i > n + 1) && throw(BoundsError(a, i))
    Core._array_grow_end!(a, 1)
    k = n
    while k >= i
        a[k + 1] = a[k]
        k -= 1
    end
    a[i] = v
    return a
end
function deleteat!(a::Array, i::Int64)
    n = length(a)
    (i < 1) | (i > n) && throw(BoundsError(a, i))
    for k in i:(n - 1)
        a[k] = a[k + 1]
    end
    Core._array_del_end!(a, 1)
    return a
end
function append!(a::Array, items)
    for x in items
        push!(a, x)
    end
    return a
end
function resize!(a::Array, n::Int64)
    m = length(a)
    n < 0 && throw(ArgumentError("new length must be ≥ 0"))
    n > m && Core._array_grow_end!(a, n - m)
    n < m && Core._array_del_end!(a, m - n)
    return a
end
empty!(a::Array) = resize!(a, 0)

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
        b[i] = a[i]
    end
    return b
end
function fill!(a::Array, x)
    for i in 1:length(a)
        a[i] = x
    end
    return a
end
fill(x::T, n::Integer) where {T} = fill!(Array{T,1}(undef, n), x)
fill(x::T, m::Integer, n::Integer) where {T} = fill!(Array{T,2}(undef, m, n), x)
zeros(n::Integer) = fill(0.0, n)
zeros(m::Integer, n::Integer) = fill(0.0, m, n)
zeros(::Type{T}, n::Integer) where {T} = fill(zero(T), n)
zeros(::Type{T}, m::Integer, n::Integer) where {T} = fill(zero(T), m, n)
ones(n::Integer) = fill(1.0, n)
ones(m::Integer, n::Integer) = fill(1.0, m, n)
ones(::Type{T}, n::Integer) where {T} = fill(one(T), n)

function isequal(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    for i in 1:length(a)
        isequal(a[i], b[i]) || return false
    end
    return true
end
function ==(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    for i in 1:length(a)
        a[i] == b[i] || return false
    end
    return true
end
function isless(a::AbstractArray, b::AbstractArray)
    for i in 1:min(length(a), length(b))
        isless(a[i], b[i]) && return true
        isless(b[i], a[i]) && return false
    end
    return length(a) < length(b)
end

function reverse!(a::Array)
    i = 1
    j = length(a)
    while i < j
        a[i], a[j] = a[j], a[i]
        i += 1
        j -= 1
    end
    return a
end
reverse(a::Array) = reverse!(copy(a))

# What any array has that has `size` and `getindex`.
length(a::AbstractArray) = element_count(size(a))
element_count(t::Tuple{}) = 1
element_count(t::Tuple) = t[1] * element_count(tail(t))
ndims(::AbstractArray{T,N}) where {T,N} = N
firstindex(a::AbstractArray) = 1
lastindex(a::AbstractArray) = length(a)
firstindex(a::AbstractArray, d::Int64) = 1
lastindex(a::AbstractArray, d::Int64) = size(a, d)
eachindex(a::AbstractArray) = OneTo(length(a))
keys(a::AbstractArray) = eachindex(a)
values(a::AbstractArray) = a
iterate(a::AbstractArray) = iterate(a, 1)
iterate(a::AbstractArray, i) = i <= length(a) ? (a[i], i + 1) : nothing
getindex(a::AbstractArray{T,1}, i::Integer) where {T} = a[convert(Int64, i)]
similar(a::AbstractArray{T}) where {T} = similar_of(T, size(a))
similar(a::AbstractArray, ::Type{T}) where {T} = similar_of(T, size(a))
similar(a::AbstractArray{T}, n::Integer) where {T} = similar_of(T, (convert(Int64, n),))
similar(a::AbstractArray{T}, dims::Tuple) where {T} = similar_of(T, dims)
similar(a::AbstractArray, ::Type{T}, n::Integer) where {T} = similar_of(T, (convert(Int64, n),))
similar_of(::Type{T}, dims::Tuple{Int64}) where {T} = Array{T,1}(undef, dims[1])
similar_of(::Type{T}, dims::Tuple{Int64,Int64}) where {T} = Array{T,2}(undef, dims[1], dims[2])
copy(a::AbstractArray) = copyto!(similar(a), a)
reverse(a::AbstractArray) = reverse!(copy(a))
isassigned(a::Array, i::Int64) = 1 <= i && i <= length(a) && Core._array_isassigned(a, i)

function checkbounds(a::AbstractArray, indices...)
    checkbounds(Bool, a, indices...) || throw(BoundsError(a, length(indices) == 1 ? indices[1] : indices))
    return nothing
end
checkbounds(::Type{Bool}, a::AbstractArray, i::Integer) = 1 <= i && i <= length(a)
checkbounds(::Type{Bool}, a::AbstractArray, i::Integer, j::Integer) = 1 <= i && i <= size(a, 1) && 1 <= j && j <= size(a, 2)
checkbounds(::Type{Bool}, a::AbstractArray, r::AbstractArray) = isempty(r) || all(i -> 1 <= i && i <= length(a), r)

function copyto!(a::AbstractArray, items)
    i = 1
    for x in items
        a[i] = x
        i += 1
    end
    return a
end
function copyto!(a::AbstractArray, at::Integer, items::AbstractArray, from::Integer, n::Integer)
    for k in 0:(n - 1)
        a[at + k] = items[from + k]
    end
    return a
end
copy!(a::Array, items) = copyto!(resize!(a, length(items)), items)
Array{T,1}(items::AbstractArray) where {T} = T[x for x in items]
Array(items::AbstractArray) = copy(items)
Array{T,1}(items) where {T} = T[x for x in items]
Array{T,1}(items::AbstractRange) where {T} = T[x for x in items]
convert(::Type{Array{T,1}}, a::AbstractArray) where {T} = T[x for x in a]
convert(::Type{Array{T,1}}, a::Array{T,1}) where {T} = a

function prepend!(a::Array, items)
    k = 0
    for x in collect(items)
        k += 1
        insert!(a, k, x)
    end
    return a
end
append!(a::Array, items, more, rest...) = append!(append!(a, items), more, rest...)
function deleteat!(a::Array, places::AbstractArray)
    gone = 0
    for i in places
        deleteat!(a, i - gone)
        gone += 1
    end
    return a
end
function splice!(a::Array, i::Integer)
    x = a[i]
    deleteat!(a, convert(Int64, i))
    return x
end
function splice!(a::Array, i::Integer, items)
    x = a[i]
    splice!(a, i:i, items)
    return x
end
function splice!(a::Array{T,1}, r::AbstractRange, items = ()) where {T}
    removed = a[r]
    at = first(r)
    for k in 1:length(r)
        deleteat!(a, at)
    end
    for x in items
        insert!(a, at, x)
        at += 1
    end
    return removed
end
popat!(a::Array, i::Integer) = splice!(a, i)
function keepat!(a::Array, places)
    kept = a[places]
    resize!(a, length(kept))
    return copyto!(a, kept)
end
sizehint!(a, n) = a

first(a::AbstractArray, n::Integer) = a[1:min(n, length(a))]
last(a::AbstractArray, n::Integer) = a[max(1, length(a) - n + 1):length(a)]
function repeat(a::AbstractArray, n::Integer)
    result = similar(a, 0)
    for k in 1:n
        append!(result, a)
    end
    return result
end
diff(a::AbstractArray) = [a[i + 1] - a[i] for i in 1:(length(a) - 1)]
function circshift(a::AbstractArray, by::Integer)
    n = length(a)
    return [a[mod1(i - by, n)] for i in 1:n]
end
function replace(a::AbstractArray, rules::Pair...)
    return [replaced(x, rules...) for x in a]
end
function replace!(a::AbstractArray, rules::Pair...)
    for i in eachindex(a)
        a[i] = replaced(a[i], rules...)
    end
    return a
end
replaced(x) = x
replaced(x, rule, rest...) = isequal(x, rule.first) ? rule.second : replaced(x, rest...)
fill(x, dims::Tuple) = fill(x, dims...)
zeros(dims::Tuple) = zeros(dims...)
zeros(::Type{T}, dims::Tuple) where {T} = zeros(T, dims...)
ones(::Type{T}, m::Integer, n::Integer) where {T} = fill(one(T), m, n)
trues(dims...) = fill(true, dims...)
falses(dims...) = fill(false, dims...)
zero(a::AbstractArray{T}) where {T<:Number} = fill!(similar(a), zero(T))
