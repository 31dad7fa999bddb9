# `SubString`: a part of a string, by reference. What is not defined here for any string goes through `String(s)`.

struct SubString{T<:AbstractString} <: AbstractString
    string::T
    offset::Int64
    ncodeunits::Int64
end
# From the character at byte `i` to the one at byte `j`.
function SubString(s::String, i::Int64, j::Int64)
    i > j && return SubString{String}(s, i - 1, 0)
    (i < 1) | (j > ncodeunits(s)) && throw(BoundsError(s, i:j))
    isvalid(s, i) || throw(StringIndexError(s, i))
    isvalid(s, j) || throw(StringIndexError(s, j))
    return SubString{String}(s, i - 1, nextind(s, j) - i)
end
SubString(s::String) = SubString{String}(s, 0, ncodeunits(s))
SubString(s::String, i::Int64) = SubString(s, i, lastindex(s))
function SubString(s::SubString, i::Int64, j::Int64)
    i <= j && (i < 1) | (j > s.ncodeunits) && throw(BoundsError(s, i:j))
    return SubString(s.string, s.offset + i, s.offset + j)
end
SubString(s::SubString, i::Int64) = SubString(s, i, lastindex(s))
SubString(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, first(r), last(r))
# Bytes `from` to `to`, known to hold whole characters.
bytes_view(s::String, from::Int64, to::Int64) = SubString{String}(s, from - 1, max(0, to - from + 1))

String(s::SubString{String}) = Core._substring(s.string, s.offset + 1, s.offset + s.ncodeunits)
convert(::Type{String}, s::AbstractString) = String(s)
string(s::SubString) = String(s)
Symbol(s::SubString) = Symbol(String(s))
ncodeunits(s::SubString) = s.ncodeunits
sizeof(s::SubString) = s.ncodeunits
codeunit(s::SubString, i::Int64) = codeunit(s.string, s.offset + i)
isempty(s::SubString) = s.ncodeunits == 0
eltype(::Type{<:AbstractString}) = Char
firstindex(s::AbstractString) = 1
length(s::SubString) = length(String(s))
lastindex(s::SubString) = thisind(s, s.ncodeunits)
# A part begins and ends between characters, so that the whole string tells where characters begin in it.
function thisind(s::SubString, i::Int64)
    (i < 1) | (i > s.ncodeunits) && return checked_end(s, i, 0, s.ncodeunits + 1)
    return thisind(s.string, s.offset + i) - s.offset
end
function nextind(s::SubString, i::Int64)
    (i < 1) | (i >= s.ncodeunits) && return checked_end(s, i, 0, s.ncodeunits) + 1
    return nextind(s.string, s.offset + i) - s.offset
end
function prevind(s::SubString, i::Int64)
    (i <= 1) | (i > s.ncodeunits) && checked_end(s, i, 1, s.ncodeunits + 1)
    return thisind(s, i - 1)
end
isvalid(s::SubString, i::Int64) = 1 <= i && i <= s.ncodeunits && isvalid(s.string, s.offset + i)
function getindex(s::SubString, i::Int64)
    checkstring(s, i)
    isvalid(s, i) || throw(StringIndexError(s, i))
    return iterate(s, i)[1]
end
getindex(s::SubString, r::UnitRange{Int64}) = SubString(s, r)
eachindex(s::SubString) = eachindex(String(s))
iterate(s::SubString) = iterate(s, 1)
function iterate(s::SubString, i::Int64)
    i > s.ncodeunits && return nothing
    c, next = iterate(s.string, s.offset + i)
    return (c, next - s.offset)
end

==(a::AbstractString, b::AbstractString) = Core._string_compare(String(a), String(b)) == 0
isless(a::AbstractString, b::AbstractString) = Core._string_compare(String(a), String(b)) < 0
cmp(a::AbstractString, b::AbstractString) = Core._string_compare(String(a), String(b))
hash(s::AbstractString, h::UInt64) = hash(String(s), h)
*(a::AbstractString, b::Union{AbstractString,Char}) = string(a, b)
*(a::Char, b::AbstractString) = string(a, b)
^(s::AbstractString, n::Integer) = repeat(String(s), n)
repeat(s::AbstractString, n::Integer) = repeat(String(s), n)
uppercase(s::AbstractString) = uppercase(String(s))
lowercase(s::AbstractString) = lowercase(String(s))
reverse(s::AbstractString) = reverse(String(s))
startswith(s::AbstractString, prefix::AbstractString) = startswith(String(s), String(prefix))
endswith(s::AbstractString, suffix::AbstractString) = endswith(String(s), String(suffix))
startswith(s::AbstractString, c::Union{Char,AbstractVector{Char},Tuple{Vararg{Char}},AbstractSet{Char}}) = !isempty(s) && first(s) in c
endswith(s::AbstractString, c::Union{Char,AbstractVector{Char},Tuple{Vararg{Char}},AbstractSet{Char}}) = !isempty(s) && last(s) in c
startswith(prefix) = Fix2(startswith, prefix)
endswith(suffix) = Fix2(endswith, suffix)
isvalid(s::AbstractString) = all(isvalid, s)
isvalid(::Type{T}, s::AbstractString) where {T<:AbstractString} = isvalid(s)
isvalid(::Type{T}, bytes::AbstractVector{UInt8}) where {T<:AbstractString} = isvalid(String(copy(bytes)))
one(::Union{T,Type{T}}) where {T<:AbstractString} = convert(T, "")
isascii(s::AbstractString) = isascii(String(s))
write(io::IO, s::SubString) = write(io, String(s))
print(io::IO, s::SubString) = (write(io, String(s)); nothing)
show(io::IO, s::SubString) = show(io, String(s))
