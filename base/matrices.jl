# Matrices and parts of arrays: concatenation, products, slices, views, reshaping.

# `a[i, :]`, `a[2:3, :]`, `a[[3, 1]]`, `a[[true, false]]`.
whole(a, d, i) = i
whole(a, d, ::Colon) = 1:size(a, d)
chosen(i) = i
chosen(mask::AbstractArray{Bool,1}) = findall(mask)
function getindex(a::AbstractArray{T}, indices::AbstractArray) where {T}
    places = chosen(indices)
    result = Array{T,1}(undef, length(places))
    k = 1
    for i in places
        result[k] = a[i]
        k += 1
    end
    return result
end
getindex(a::AbstractArray, ::Colon) = a[1:length(a)]
function getindex(a::AbstractArray{T,2}, i::Union{AbstractArray,Colon}, j::Union{AbstractArray,Colon}) where {T}
    rows = chosen(whole(a, 1, i))
    columns = chosen(whole(a, 2, j))
    result = Array{T,2}(undef, length(rows), length(columns))
    k = 1
    for c in columns, r in rows
        result[k] = a[r, c]
        k += 1
    end
    return result
end
getindex(a::AbstractArray{T,2}, i::Int64, j::Union{AbstractArray,Colon}) where {T} = collect_slice(T, c -> a[i, c], chosen(whole(a, 2, j)))
getindex(a::AbstractArray{T,2}, i::Union{AbstractArray,Colon}, j::Int64) where {T} = collect_slice(T, r -> a[r, j], chosen(whole(a, 1, i)))
function collect_slice(::Type{T}, f, places) where {T}
    result = Array{T,1}(undef, length(places))
    k = 1
    for i in places
        result[k] = f(i)
        k += 1
    end
    return result
end

function setindex!(a::AbstractArray, items::AbstractArray, indices::AbstractArray)
    places = chosen(indices)
    check_count(length(items), length(places))
    k = 1
    for i in places
        a[i] = items[k]
        k += 1
    end
    return a
end
setindex!(a::AbstractArray, items::AbstractArray, ::Colon) = setindex!(a, items, 1:length(a))
setindex!(a::AbstractArray{T,2}, items, i, j) where {T} = (materialize!(view(a, i, j), items); a)
function check_count(n, m)
    n == m || throw(DimensionMismatch(string("tried to assign ", n, " elements to ", m, " destinations")))
end

# A part of an array that shares its elements.
struct SubArray{T,N,P,I} <: AbstractArray{T,N}
    parent::P
    indices::I
end
function view(a::AbstractArray{T}, i::Union{AbstractArray,Colon}) where {T}
    r = i isa Colon ? (1:length(a)) : chosen(i)
    checkbounds(a, r)
    return SubArray{T,1,typeof(a),Tuple{typeof(r)}}(a, (r,))
end
function view(a::AbstractArray{T,2}, i, j) where {T}
    r = chosen(whole(a, 1, i))
    c = chosen(whole(a, 2, j))
    N = (r isa AbstractArray ? 1 : 0) + (c isa AbstractArray ? 1 : 0)
    return Core.apply_type(SubArray, T, N, typeof(a), Tuple{typeof(r),typeof(c)})(a, (r, c))
end
size(s::SubArray{T,N,P,Tuple{I}}) where {T,N,P,I} = (length(s.indices[1]),)
size(s::SubArray{T,1,P,Tuple{I,J}}) where {T,P,I,J} = (s.indices[1] isa Int64 ? length(s.indices[2]) : length(s.indices[1]),)
size(s::SubArray{T,2}) where {T} = (length(s.indices[1]), length(s.indices[2]))
getindex(s::SubArray{T,1,P,Tuple{I}}, i::Int64) where {T,P,I} = s.parent[s.indices[1][i]]
getindex(s::SubArray{T,1,P,Tuple{Int64,J}}, i::Int64) where {T,P,J} = s.parent[s.indices[1], s.indices[2][i]]
getindex(s::SubArray{T,1,P,Tuple{I,Int64}}, i::Int64) where {T,P,I<:AbstractArray} = s.parent[s.indices[1][i], s.indices[2]]
getindex(s::SubArray{T,2}, i::Int64, j::Int64) where {T} = s.parent[s.indices[1][i], s.indices[2][j]]
getindex(s::SubArray{T,2}, k::Int64) where {T} = s[rem(k - 1, size(s, 1)) + 1, div(k - 1, size(s, 1)) + 1]
setindex!(s::SubArray{T,1,P,Tuple{I}}, x, i::Int64) where {T,P,I} = (s.parent[s.indices[1][i]] = x; s)
setindex!(s::SubArray{T,1,P,Tuple{Int64,J}}, x, i::Int64) where {T,P,J} = (s.parent[s.indices[1], s.indices[2][i]] = x; s)
setindex!(s::SubArray{T,1,P,Tuple{I,Int64}}, x, i::Int64) where {T,P,I<:AbstractArray} = (s.parent[s.indices[1][i], s.indices[2]] = x; s)
setindex!(s::SubArray{T,2}, x, i::Int64, j::Int64) where {T} = (s.parent[s.indices[1][i], s.indices[2][j]] = x; s)
eachrow(a::AbstractArray{T,2}) where {T} = Generator(i -> view(a, i, :), 1:size(a, 1))
eachcol(a::AbstractArray{T,2}) where {T} = Generator(j -> view(a, :, j), 1:size(a, 2))

# Concatenation. A number is an array of one element; a vector is a column.
rows_of(x) = 1
rows_of(a::AbstractArray) = size(a, 1)
columns_of(x) = 1
columns_of(a::AbstractArray{T,2}) where {T} = size(a, 2)
element_type(x) = typeof(x)
element_type(a::AbstractArray{T}) where {T} = T
part_at(x, i, j) = x
part_at(a::AbstractArray{T,1}, i, j) where {T} = a[i]
part_at(a::AbstractArray{T,2}, i, j) where {T} = a[i, j]
has_matrix(parts) = any(x -> x isa AbstractArray{<:Any,2}, parts)
joint_type(parts) = foldl(promote_type, map(element_type, parts))

vcat() = Array{Any,1}(undef, 0)
vcat(parts...) = typed_vcat(joint_type(parts), parts...)
function typed_vcat(::Type{T}, parts...) where {T}
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
function typed_hcat(::Type{T}, parts...) where {T}
    m = rows_of(parts[1])
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

# Arithmetic on whole arrays.
function check_same_size(a, b)
    size(a) == size(b) || throw(DimensionMismatch(string("dimensions must match: a has dims ", axes_text(a), ", b has dims ", axes_text(b))))
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
    result = copy(a)
    n == 0 && return a * 0 + identity_matrix(T, size(a, 1))
    for k in 2:n
        result = result * a
    end
    return result
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
adjoint(a::AbstractArray) = permutedims(a)
transpose(a::AbstractArray) = permutedims(a)
function permutedims(a::AbstractArray{T,2}) where {T}
    result = Array{T,2}(undef, size(a, 2), size(a, 1))
    for j in 1:size(a, 2), i in 1:size(a, 1)
        result[j, i] = a[i, j]
    end
    return result
end
function permutedims(a::AbstractArray{T,1}) where {T}
    result = Array{T,2}(undef, 1, length(a))
    for i in 1:length(a)
        result[1, i] = a[i]
    end
    return result
end
vec(a::AbstractArray) = a[1:length(a)]
vec(a::Array{T,1}) where {T} = a
reshape(a::AbstractArray, dims::Tuple) = reshape(a, dims...)
function reshape(a::AbstractArray{T}, m::Int64, n::Int64) where {T}
    m * n == length(a) || throw(DimensionMismatch(string("new dimensions ", (m, n), " must be consistent with array size ", length(a))))
    return copyto!(Array{T,2}(undef, m, n), a)
end
reshape(a::AbstractArray{T}, n::Int64) where {T} = copyto!(Array{T,1}(undef, n), a)
reshape(a::AbstractArray, ::Colon) = vec(a)
reshape(a::AbstractArray, m::Int64, ::Colon) = reshape(a, m, length(a) ÷ m)
reshape(a::AbstractArray, ::Colon, n::Int64) = reshape(a, length(a) ÷ n, n)

function map(f, a::AbstractArray{T,2}) where {T}
    return broadcast(f, a)
end
function dot(a::AbstractArray, b::AbstractArray)
    total = zero(eltype(a)) * zero(eltype(b))
    for i in 1:length(a)
        total += a[i] * b[i]
    end
    return total
end
