# `BitArray`: an array of truth values, 64 to a word.

mutable struct BitArray{N} <: AbstractArray{Bool,N}
    chunks::Array{UInt64,1}
    len::Int64
    dims::NTuple{N,Int64}
    function BitArray{N}(::UndefInitializer, dims::Vararg{Int64,N}) where {N}
        n = element_count(dims)
        any(d -> d < 0, dims) && throw(ArgumentError("dimension size must be ≥ 0"))
        return new{N}(fill!(Array{UInt64,1}(undef, (n + 63) >> 6), 0x0000000000000000), n, dims)
    end
end
const BitVector = BitArray{1}
const BitMatrix = BitArray{2}
BitArray(u::UndefInitializer, dims::NTuple{N,Int64}) where {N} = BitArray{N}(u, dims...)
BitArray(u::UndefInitializer, dims::Vararg{Integer,N}) where {N} = BitArray{N}(u, map(to_int, dims)...)
BitArray{N}(u::UndefInitializer, dims::NTuple{N,Int64}) where {N} = BitArray{N}(u, dims...)
BitArray(a::AbstractArray{T,N}) where {T,N} = copyto!(BitArray(undef, size(a)), a)
BitArray{N}(a::AbstractArray{T,N}) where {T,N} = copyto!(BitArray(undef, size(a)), a)
BitArray(items) = BitArray(collect(Bool, items))
BitArray{1}(items) = BitArray(collect(Bool, items))
BitArray{1}(a::AbstractArray{T,1}) where {T} = copyto!(BitArray(undef, size(a)), a)
BitArray{1}() = BitArray(undef, 0)
IndexStyle(::Type{<:BitArray}) = IndexLinear()

size(b::BitArray) = b.dims
size(b::BitArray{1}) = (b.len,)
length(b::BitArray) = b.len
bit_mask(i) = 0x0000000000000001 << ((i - 1) & 63)
bit_chunk(i) = ((i - 1) >> 6) + 1
function getindex(b::BitArray, i::Int64)
    (i < 1) | (i > b.len) && throw(BoundsError(b, i))
    return b.chunks[bit_chunk(i)] & bit_mask(i) != 0x0000000000000000
end
function setindex!(b::BitArray, x, i::Int64)
    (i < 1) | (i > b.len) && throw(BoundsError(b, i))
    k = bit_chunk(i)
    c = b.chunks[k]
    b.chunks[k] = convert(Bool, x) ? c | bit_mask(i) : c & ~bit_mask(i)
    return b
end
similar(b::BitArray) = BitArray(undef, size(b))
similar(b::BitArray, ::Type{Bool}, dims::NTuple{N,Int64}) where {N} = BitArray(undef, dims)
copy(b::BitArray) = copyto!(similar(b), b)
function fill!(b::BitArray, x)
    word = convert(Bool, x) ? ~0x0000000000000000 : 0x0000000000000000
    for k in 1:length(b.chunks)
        b.chunks[k] = word
    end
    return b
end
trues(dims::Integer...) = fill!(BitArray(undef, dims...), true)
falses(dims::Integer...) = fill!(BitArray(undef, dims...), false)
trues(dims::Tuple) = trues(dims...)
falses(dims::Tuple) = falses(dims...)
reshape(b::BitArray, dims::NTuple{N,Int64}) where {N} = (check_reshape(b, dims); copyto!(BitArray(undef, dims), b))
reshape(b::BitArray{N}, dims::NTuple{N,Int64}) where {N} = size(b) == dims ? b : (check_reshape(b, dims); copyto!(BitArray(undef, dims), b))

function resize!(b::BitArray{1}, n::Integer)
    m = b.len
    n < 0 && throw(BoundsError(b, n))
    resize!(b.chunks, (n + 63) >> 6)
    b.len = n
    b.dims = (b.len,)
    for i in (m + 1):n
        b[i] = false
    end
    return b
end
push!(b::BitArray{1}, x) = (resize!(b, b.len + 1); b[b.len] = x; b)
push!(b::BitArray{1}, x, y, rest...) = push!(push!(b, x), y, rest...)
function pop!(b::BitArray{1})
    isempty(b) && throw(ArgumentError("argument must be non-empty"))
    x = b[b.len]
    resize!(b, b.len - 1)
    return x
end
append!(b::BitArray{1}, items) = (foreach(x -> push!(b, x), items); b)
insert!(b::BitArray{1}, i::Integer, x) = replace_bits!(b, insert!(collect(b), i, x))
pushfirst!(b::BitArray{1}, x) = insert!(b, 1, x)
prepend!(b::BitArray{1}, items) = replace_bits!(b, prepend!(collect(b), items))
deleteat!(b::BitArray{1}, places) = replace_bits!(b, deleteat!(collect(b), places))
popfirst!(b::BitArray{1}) = (x = b[1]; deleteat!(b, 1); x)
splice!(b::BitArray{1}, i::Integer) = (x = b[i]; deleteat!(b, i); x)
empty!(b::BitArray{1}) = resize!(b, 0)
replace_bits!(b, items) = copyto!(resize!(b, length(items)), items)
filter(f, b::BitArray{1}) = BitArray(filter(f, collect(b)))
map(f::Union{typeof(!),typeof(~)}, b::BitArray) = broadcast(!, b)
~(b::BitArray) = broadcast(!, b)
deepcopy(b::BitArray) = copy(b)
