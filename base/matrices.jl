# Arithmetic on whole arrays, products, transposes, shapes.

function check_same_size(a, b)
    size(a) == size(b) && return nothing
    # The array with fewer dimensions is named second.
    ndims(a) < ndims(b) && return check_same_size(b, a)
    d = 1
    while d <= ndims(b) && size(a, d) == size(b, d)
        d += 1
    end
    d <= ndims(b) && throw(DimensionMismatch(string(
        "dimensions must match: a has dims ", axes_text(a), ", b has dims ", axes_text(b), ", mismatch at ", d)))
    for k in d:ndims(a)
        size(a, k) == 1 || throw(DimensionMismatch(string(
            "dimensions must match: a has dims ", axes_text(a), ", must have singleton at dim ", k)))
    end
end
axes_text(a) = string("(", join(map(r -> string("Base.OneTo(", last(r), ")"), axes(a)), ", "), length(axes(a)) == 1 ? ",)" : ")")
+(a::AbstractArray, b::AbstractArray) = (check_same_size(a, b); broadcast(+, a, b))
-(a::AbstractArray, b::AbstractArray) = (check_same_size(a, b); broadcast(-, a, b))
-(a::AbstractArray) = broadcast(-, a)
*(x::Number, a::AbstractArray) = broadcast(*, x, a)
*(a::AbstractArray, x::Number) = broadcast(*, a, x)
/(a::AbstractArray, x::Number) = broadcast(/, a, x)
function *(a::AbstractArray{S,2}, b::AbstractArray{T,2}) where {S,T}
    size(a, 2) == size(b, 1) || throw(DimensionMismatch(string("matrix A has dimensions (", size(a, 1), ",", size(a, 2), "), matrix B has dimensions (", size(b, 1), ",", size(b, 2), ")")))
    c = zeros(promote_type(S, T), size(a, 1), size(b, 2))
    for j in 1:size(b, 2), k in 1:size(a, 2)
        factor = b[k, j]
        for i in 1:size(a, 1)
            c[i, j] += a[i, k] * factor
        end
    end
    return c
end
function *(a::AbstractArray{S,2}, v::AbstractArray{T,1}) where {S,T}
    size(a, 2) == length(v) || throw(DimensionMismatch(string("matrix A has dimensions (", size(a, 1), ",", size(a, 2), "), vector B has length ", length(v))))
    result = zeros(promote_type(S, T), size(a, 1))
    for k in 1:size(a, 2), i in 1:size(a, 1)
        result[i] += a[i, k] * v[k]
    end
    return result
end
function ^(a::AbstractArray{T,2}, n::Integer) where {T}
    size(a, 1) == size(a, 2) || throw(DimensionMismatch(string("matrix is not square: dimensions are ", size(a))))
    return power_by_squaring(a, n)
end
copy_number(a::AbstractArray) = copy(a)
function one(a::AbstractArray{T,2}) where {T}
    size(a, 1) == size(a, 2) || throw(DimensionMismatch("multiplicative identity defined only for square matrices"))
    return identity_matrix(T, size(a, 1))
end
function identity_matrix(::Type{T}, n) where {T}
    m = zeros(T, n, n)
    for i in 1:n
        m[i, i] = one(T)
    end
    return m
end

adjoint(x::Number) = conj(x)
transpose(x::Number) = x
# A matrix or vector seen with rows and columns exchanged.
struct Adjoint{T,P} <: AbstractArray{T,2}
    parent::P
end
struct Transpose{T,P} <: AbstractArray{T,2}
    parent::P
end
const Turned = Union{Adjoint,Transpose}
adjoint(a::AbstractArray{T}) where {T} = Adjoint{T,typeof(a)}(a)
transpose(a::AbstractArray{T}) where {T} = Transpose{T,typeof(a)}(a)
adjoint(a::Adjoint) = a.parent
transpose(a::Transpose) = a.parent
parent(a::Turned) = a.parent
size(a::Turned) = (size(a.parent, 2), size(a.parent, 1))
getindex(a::Adjoint, i::Int64, j::Int64) = adjoint(turned_element(a.parent, j, i))
getindex(a::Transpose, i::Int64, j::Int64) = transpose(turned_element(a.parent, j, i))
turned_element(v::AbstractArray{T,1}, i, j) where {T} = j == 1 ? v[i] : throw(BoundsError(v, (i, j)))
turned_element(a::AbstractArray{T,2}, i, j) where {T} = a[i, j]
setindex!(a::Adjoint{T,<:AbstractArray{T,2}}, x, i::Int64, j::Int64) where {T} = (a.parent[j, i] = adjoint(x); a)
setindex!(a::Adjoint{T,<:AbstractArray{T,1}}, x, i::Int64, j::Int64) where {T} = (a.parent[j] = adjoint(x); a)
setindex!(a::Transpose{T,<:AbstractArray{T,2}}, x, i::Int64, j::Int64) where {T} = (a.parent[j, i] = x; a)
setindex!(a::Transpose{T,<:AbstractArray{T,1}}, x, i::Int64, j::Int64) where {T} = (a.parent[j] = x; a)
*(a::Adjoint{S,<:AbstractArray{S,1}}, v::AbstractArray{T,1}) where {S,T} = dot(a.parent, v)
*(a::Transpose{S,<:AbstractArray{S,1}}, v::AbstractArray{T,1}) where {S,T} = dot(a.parent, v)
# A row times a matrix is a row.
*(row::Adjoint{S,<:AbstractArray{S,1}}, a::AbstractArray{T,2}) where {S,T} = adjoint(adjoint(a) * row.parent)
*(row::Transpose{S,<:AbstractArray{S,1}}, a::AbstractArray{T,2}) where {S,T} = transpose(transpose(a) * row.parent)
# A column times a row: every product.
*(v::AbstractArray{S,1}, row::AbstractArray{T,2}) where {S,T} = reshape(v, length(v), 1) * row
function permutedims(a::AbstractArray{T,2}) where {T}
    result = similar(a, T, (size(a, 2), size(a, 1)))
    for j in 1:size(a, 2), i in 1:size(a, 1)
        result[j, i] = a[i, j]
    end
    return result
end
permutedims(a::AbstractArray{T,1}) where {T} = copy(reshape(a, 1, length(a)))
function permutedims(a::AbstractArray{T,N}, order) where {T,N}
    isequal(sort(collect(order)), collect(1:N)) || throw(ArgumentError("no valid permutation of dimensions"))
    result = similar(a, T, ntuple(d -> size(a, order[d]), N))
    for i in CartesianIndices(a)
        result[ntuple(d -> i.I[order[d]], N)...] = a[i]
    end
    return result
end

# Shapes. Only `Array` shares its elements; others are copied into one first.
vec(a::AbstractArray) = reshape(a, (length(a),))
vec(a::AbstractArray{T,1}) where {T} = a
reshape(a::AbstractArray, dims::NTuple{N,Int64}) where {N} = reshape(copyto!(similar_of(eltype(a), size(a)), a), dims)
reshape(r::AbstractRange, dims::Tuple{Int64}) = dims[1] == length(r) ? r : check_reshape(r, dims)
reshape(a::AbstractArray, dims::Union{Integer,Colon}...) = reshape(a, dims)
reshape(a::AbstractArray, dims::Tuple{Vararg{Integer}}) = reshape(a, map(to_int, dims))
reshape(a::AbstractArray, dims::Tuple{Vararg{Union{Integer,Colon}}}) = reshape(a, complete_dims(a, dims))
reshape(a::AbstractArray, dims::Tuple{Vararg{AbstractRange}}) = reshape(a, map(length, dims))
function complete_dims(a, dims)
    count(d -> d isa Colon, dims) == 1 || throw(DimensionMismatch(string("new dimensions ", dims, " may have at most one omitted dimension specified by `Colon()`")))
    known = element_count(map(d -> d isa Colon ? 1 : convert(Int64, d), dims))
    (known == 0 ? length(a) == 0 : length(a) % known == 0) || throw(DimensionMismatch(string("array size ", length(a), " must be divisible by the product of the new dimensions ", dims)))
    return map(d -> d isa Colon ? (known == 0 ? 0 : div(length(a), known)) : convert(Int64, d), dims)
end
function dropdims(a::AbstractArray; dims)
    gone = dims isa Tuple ? dims : (dims,)
    all(d -> size(a, d) == 1, gone) || throw(ArgumentError("dropped dims must all be size 1"))
    return reshape(a, ntuple(k -> size(a, [d for d in 1:ndims(a) if !(d in gone)][k]), ndims(a) - length(gone)))
end

function dot(a, b)
    length(a) == length(b) || throw(DimensionMismatch(string("first array has length ", length(a), " which does not match the length of the second, ", length(b), ".")))
    total = zero(eltype(a)) * zero(eltype(b))
    for (x, y) in zip(a, b)
        total += adjoint(x) * y
    end
    return total
end
function rot90(a::AbstractArray{T,2}) where {T}
    m, n = size(a)
    return T[a[j, n + 1 - i] for i in 1:n, j in 1:m]
end
function rotr90(a::AbstractArray{T,2}) where {T}
    m, n = size(a)
    return T[a[m + 1 - j, i] for i in 1:n, j in 1:m]
end
rotl90(a::AbstractArray{T,2}) where {T} = rot90(a)
rot180(a::AbstractArray{T,2}) where {T} = a[end:-1:1, end:-1:1]

# A function of every slice along the dimensions `dims`; what it gives takes the slice's place.
function mapslices(f, a::AbstractArray{T,N}; dims) where {T,N}
    along = dims isa Integer ? [dims] : collect(dims)
    others = ntuple(d -> d in along ? (1:1) : (1:size(a, d)), N)
    parts = [f(a[ntuple(d -> d in along ? (:) : i.I[d], N)...]) for i in CartesianIndices(others)]
    first_part = parts[1]
    lengths = ntuple(d -> d in along ? (first_part isa AbstractArray ? size(first_part, findfirst(==(d), along)) : 1) : size(a, d), N)
    result = similar(a, first_part isa AbstractArray ? eltype(first_part) : typeof(first_part), lengths)
    for (i, part) in zip(CartesianIndices(others), parts)
        at = ntuple(d -> d in along ? (1:lengths[d]) : i.I[d]:i.I[d], N)
        part isa AbstractArray ? copy_places!(result, at, part) : fill_places!(result, at, part)
    end
    return result
end
# Slices put together along a new last dimension.
function stack(parts; dims = nothing)
    slices = collect(parts)
    n = ndims(slices[1])
    whole = cat_along(joint_type(slices), n + 1, slices)
    return dims === nothing || dims == n + 1 ? whole : permutedims(whole, ntuple(d -> d == dims ? n + 1 : d < dims ? d : d - 1, n + 1))
end
stack(f, parts; dims = nothing) = stack(map(f, parts); dims)
