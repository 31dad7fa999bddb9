# Concatenation: `[a; b]`, `[a b]`, `[a b; c d]`, `cat`. A number is an array of one element; a vector is a column.

rows_of(x) = 1
rows_of(a::AbstractArray) = size(a, 1)
columns_of(x) = 1
columns_of(a::AbstractArray{T,2}) where {T} = size(a, 2)
element_type(x) = typeof(x)
element_type(a::AbstractArray{T}) where {T} = T
part_at(x, i, j) = x
part_at(a::AbstractArray{T,1}, i, j) where {T} = a[i]
part_at(a::AbstractArray{T,2}, i, j) where {T} = a[i, j]
part_at(a::AbstractArray{T,N}, i, j) where {T,N} = a[i, j]
has_matrix(parts) = any(x -> x isa AbstractArray{<:Any,2}, parts)
most_dims(parts) = foldl((n, x) -> max(n, x isa AbstractArray ? ndims(x) : 0), parts, init = 0)
function joint_type(parts)
    length(parts) <= 16 && return foldl(promote_type, map(element_type, parts))
    # Long lists in a loop: a tuple of the types would be a type of its own for each length.
    T = element_type(parts[1])
    for part in parts
        T = promote_type(T, element_type(part))
    end
    return T
end

vcat() = Array{Any,1}(undef, 0)
vcat(parts...) = typed_vcat(joint_type(parts), parts...)
function typed_vcat(::Type{T}, parts...) where {T}
    most_dims(parts) > 2 && return cat_along(T, 1, parts)
    has_matrix(parts) && return stack_rows(T, parts)
    result = Array{T,1}(undef, 0)
    for part in parts
        part isa AbstractArray ? append!(result, part) : push!(result, part)
    end
    return result
end
function stack_rows(::Type{T}, parts) where {T}
    n = columns_of(parts[1])
    m = 0
    for part in parts
        columns_of(part) == n || throw(ArgumentError(string("number of columns of each array must match (got ", map(columns_of, parts), ")")))
        m += rows_of(part)
    end
    result = Array{T,2}(undef, m, n)
    top = 0
    for part in parts
        for j in 1:n, i in 1:rows_of(part)
            result[top + i, j] = part_at(part, i, j)
        end
        top += rows_of(part)
    end
    return result
end

hcat() = Array{Any,1}(undef, 0)
hcat(parts...) = typed_hcat(joint_type(parts), parts...)
typed_hcat(::Type{T}) where {T} = Array{T,1}(undef, 0)
function typed_hcat(::Type{T}, parts...) where {T}
    most_dims(parts) > 2 && return cat_along(T, 2, parts)
    m = rows_of(parts[1])
    parts isa Tuple{Vararg{Vector{T}}} && !all(part -> length(part) == m, parts) &&
        throw(DimensionMismatch("vectors must have same lengths"))
    n = 0
    for part in parts
        rows_of(part) == m || throw(ArgumentError(string("number of rows of each array must match (got ", map(rows_of, parts), ")")))
        n += columns_of(part)
    end
    result = Array{T,2}(undef, m, n)
    left = 0
    for part in parts
        for j in 1:columns_of(part), i in 1:m
            result[i, left + j] = part_at(part, i, j)
        end
        left += columns_of(part)
    end
    return result
end

# `[a b; c d]`: how many items each row has, then the items.
hvcat(lengths::Tuple, parts...) = typed_hvcat(joint_type(parts), lengths, parts...)
function typed_hvcat(::Type{T}, lengths::Tuple, parts...) where {T}
    rows = Array{Any,1}(undef, 0)
    at = 0
    for n in lengths
        push!(rows, typed_hcat(T, parts[at + 1:at + n]...))
        at += n
    end
    return stack_rows(T, (rows...,))
end
hvcat_rows(rows::Tuple...) = hvcat(map(length, rows), joined_tuples(rows...)...)
typed_hvcat_rows(::Type{T}, rows::Tuple...) where {T} = typed_hvcat(T, map(length, rows), joined_tuples(rows...)...)
joined_tuples() = ()
joined_tuples(a, rest...) = (a..., joined_tuples(rest...)...)


# Along any dimension: `cat(a, b; dims = 3)`; along several at once, the parts stand on the diagonal.
function cat(parts...; dims)
    along = dims isa Val ? val_of(dims) : dims
    return cat_along(joint_type(parts), along, parts)
end
val_of(::Val{N}) where {N} = N
function cat_along(::Type{T}, along, parts) where {T}
    n = max(maximum(along), most_dims(parts))
    lengths = [cat_length(d, d in along, parts) for d in 1:n]
    result = Core._new_array(Core.apply_type(Array, T, n), lengths...)
    length(along) > 1 && fill!(result, zero(T))
    at = fill(0, n)
    for part in parts
        ranges = ntuple(d -> (at[d] + 1):(at[d] + (d in along ? part_length(part, d) : lengths[d])), n)
        part isa AbstractArray ? copy_places!(result, ranges, part) : fill_places!(result, ranges, part)
        for d in along
            at[d] += part_length(part, d)
        end
    end
    return result
end
part_length(x, d) = 1
part_length(a::AbstractArray, d) = size(a, d)
function cat_length(d, is_along, parts)
    is_along && return sum(x -> part_length(x, d), parts)
    n = part_length(parts[1], d)
    for (k, x) in enumerate(parts)
        part_length(x, d) == n || throw(DimensionMismatch(string("mismatch in dimension ", d, " (expected ", n, " got ", part_length(x, d), ")")))
    end
    return n
end
function copy_places!(result, ranges, part)
    for (place, x) in zip(CartesianIndices(ranges), part)
        result[place.I...] = x
    end
end
function fill_places!(result, ranges, x)
    for place in CartesianIndices(ranges)
        result[place.I...] = x
    end
end

# `[a;; b]`, `[a b;;; c d]`: the lengths of the pieces in each dimension.
function hvncat(dim::Int64, parts...)
    return cat_along(joint_type(parts), dim, parts)
end
typed_hvncat(::Type{T}, dim::Int64, parts...) where {T} = cat_along(T, dim, parts)
hvncat(dims::Tuple, row_first::Bool, parts...) = typed_hvncat(joint_type(parts), dims, row_first, parts...)
# Parts in the order they are written, rows first or columns first; every dimension is joined in turn.
function typed_hvncat(::Type{T}, dims::Tuple{Vararg{Int64}}, row_first::Bool, parts...) where {T}
    order = row_first ? (2, 1, 3:length(dims)...) : (1:length(dims)...,)
    pieces = Any[parts...]
    for d in order
        n = dims[d]
        pieces = Any[cat_along(T, d, (pieces[i:(i + n - 1)]...,)) for i in 1:n:length(pieces)]
    end
    return pieces[1]
end
