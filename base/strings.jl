# Strings: UTF-8 bytes, indexed by byte.

ncodeunits(s::String) = Core._string_length(s)
sizeof(s::String) = Core._string_length(s)
sizeof(x) = Core.sizeof(x)
codeunit(s::String, i::Int64) = (checkstring(s, i); Core._string_byte(s, i))
checkstring(s, i) = (i < 1) | (i > ncodeunits(s)) && throw(BoundsError(s, i))
isempty(s::String) = ncodeunits(s) == 0
firstindex(s::String) = 1
lastindex(s::String) = thisind(s, ncodeunits(s))

is_continuation(b::UInt8) = (b & 0xc0) == 0x80
function thisind(s::String, i::Int64)
    (i < 1) | (i > ncodeunits(s)) && return checked_end(s, i, 0, ncodeunits(s) + 1)
    k = i
    while k > 1 && k > i - 3 && is_continuation(Core._string_byte(s, k))
        k -= 1
    end
    return k
end
# An index just outside the string, of which nothing need be read.
checked_end(s, i, from, to) = from <= i && i <= to ? i : throw(BoundsError(s, i))
function nextind(s::String, i::Int64)
    n = ncodeunits(s)
    (i < 1) | (i >= n) && return checked_end(s, i, 0, n) + 1
    k = i + 1
    while k <= n && k < i + 4 && is_continuation(Core._string_byte(s, k))
        k += 1
    end
    return k
end
function prevind(s::String, i::Int64)
    (i <= 1) | (i > ncodeunits(s)) && checked_end(s, i, 1, ncodeunits(s) + 1)
    return thisind(s, i - 1)
end
isvalid(s::String, i::Int64) = 1 <= i && i <= ncodeunits(s) && thisind(s, i) == i

# How many bytes follow a leading byte of a well-formed character.
function continuation_count(b::UInt8)
    b < 0xc0 && return 0
    b < 0xe0 && return 1
    b < 0xf0 && return 2
    return b < 0xf8 ? 3 : 0
end

iterate(s::String) = iterate(s, 1)
function iterate(s::String, i::Int64)
    n = ncodeunits(s)
    ult_int(bitcast(UInt64, i - 1), bitcast(UInt64, n)) || return nothing
    b = Core._string_byte(s, i)
    b < 0x80 && return (bitcast(Char, zext_int(UInt32, b) << 24), i + 1)
    return decode_rest(s, b, i, n)
end
function decode_rest(s, b, i, n)
    bits = zext_int(UInt32, b) << 24
    k = i + 1
    shift = 16
    last = i + continuation_count(b)
    while k <= last && k <= n
        c = Core._string_byte(s, k)
        is_continuation(c) || break
        bits = bits | (zext_int(UInt32, c) << shift)
        shift -= 8
        k += 1
    end
    return (bitcast(Char, bits), k)
end

function getindex(s::String, i::Int64)
    checkstring(s, i)
    thisind(s, i) == i || throw(StringIndexError(s, i))
    return iterate(s, i)[1]
end
function getindex(s::String, r::UnitRange{Int64})
    isempty(r) && return ""
    (r.start < 1) | (r.stop > ncodeunits(s)) && throw(BoundsError(s, r))
    isvalid(s, r.start) || throw(StringIndexError(s, r.start))
    isvalid(s, r.stop) || throw(StringIndexError(s, r.stop))
    return Core._substring(s, r.start, nextind(s, r.stop) - 1)
end

# Several characters on or back, as far as the ends.
function nextind(s::AbstractString, i::Integer, n::Integer)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    checked_end(s, i, 0, ncodeunits(s))
    n == 0 && return thisind(s, i) == i ? i : throw(StringIndexError(s, i))
    while n > 0 && i <= ncodeunits(s)
        i = nextind(s, i)
        n -= 1
    end
    return i + n
end
function prevind(s::AbstractString, i::Integer, n::Integer)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    checked_end(s, i, 1, ncodeunits(s) + 1)
    n == 0 && return thisind(s, i) == i ? i : throw(StringIndexError(s, i))
    while n > 0 && i >= 1
        i = prevind(s, i)
        n -= 1
    end
    return i - n
end

function length(s::String)
    n = 0
    for c in s
        n += 1
    end
    return n
end
# The characters that begin at the bytes from `i` to `j`.
function length(s::AbstractString, i::Integer, j::Integer)
    checked_end(s, i, 1, ncodeunits(s) + 1)
    checked_end(s, j, 0, ncodeunits(s))
    return count(k -> isvalid(s, k), i:j)
end
eltype(::Type{String}) = Char
eachindex(s::String) = StringIndices(s)
struct StringIndices
    s::String
end
iterate(e::StringIndices) = iterate(e, 1)
iterate(e::StringIndices, i::Int64) = i > ncodeunits(e.s) ? nothing : (i, nextind(e.s, i))
length(e::StringIndices) = length(e.s)
eltype(::Type{StringIndices}) = Int64

==(a::String, b::String) = Core._string_compare(a, b) == 0
isless(a::String, b::String) = Core._string_compare(a, b) < 0
cmp(a::String, b::String) = Core._string_compare(a, b)
==(a::Symbol, b::Symbol) = a === b
isless(a::Symbol, b::Symbol) = isless(String(a), String(b))

*(a::String, b::String) = Core._string_concat(a, b)
*(a::Char, b::String) = Core._string_concat(string(a), b)
*(a::String, b::Char) = Core._string_concat(a, string(b))
*(a::Char, b::Char) = Core._string_concat(string(a), string(b))
^(s::String, n::Integer) = repeat(s, n)
^(c::Char, n::Integer) = repeat(c, n)

String(s::Symbol) = Core._symbol_string(s)
String(s::String) = s
String(characters::AbstractArray{Char,1}) = join(characters)
Symbol(s::String) = Core._symbol(s)
Symbol(parts...) = Symbol(string(parts...))
Symbol(s::Symbol) = s
convert(::Type{String}, s::Symbol) = String(s)

isascii(s::String) = all(isascii, s)
function repeat(s::String, n::Integer)
    n < 0 && throw(ArgumentError(string("can't repeat a string ", n, " times")))
    io = IOBuffer()
    for i in 1:n
        write(io, s)
    end
    return take_string!(io)
end
repeat(c::Char, n::Integer) = repeat(string(c), n)

# Between the last two items stands `last`.
function join(items, delimiter, last)
    io = IOBuffer()
    next = iterate(items)
    is_first = true
    while next !== nothing
        x = next[1]
        next = iterate(items, next[2])
        is_first || print(io, next === nothing ? last : delimiter)
        is_first = false
        print(io, x)
    end
    return take_string!(io)
end
join(items, delimiter) = join(items, delimiter, delimiter)
join(items) = join(items, "")

startswith(s::String, prefix::String) = ncodeunits(prefix) <= ncodeunits(s) && same_bytes(s, 1, prefix)
endswith(s::String, suffix::String) = ncodeunits(suffix) <= ncodeunits(s) && same_bytes(s, ncodeunits(s) - ncodeunits(suffix) + 1, suffix)
# One of several characters, if `any_of` is a collection.
startswith(s::AbstractString, any_of::Union{Char,AbstractArray{Char},Tuple{Vararg{Char}},AbstractSet{Char}}) =
    !isempty(s) && first(s) in any_of
endswith(s::AbstractString, any_of::Union{Char,AbstractArray{Char},Tuple{Vararg{Char}},AbstractSet{Char}}) =
    !isempty(s) && last(s) in any_of
function same_bytes(s, at, part)
    for k in 1:ncodeunits(part)
        Core._string_byte(s, at + k - 1) == Core._string_byte(part, k) || return false
    end
    return true
end
function find_bytes(s, part, from)
    for at in from:(ncodeunits(s) - ncodeunits(part) + 1)
        same_bytes(s, at, part) && return at
    end
    return 0
end

function map_characters(f, s)
    io = IOBuffer()
    for c in s
        print(io, f(c))
    end
    return take_string!(io)
end
uppercase(s::String) = map_characters(uppercase, s)
lowercase(s::String) = map_characters(lowercase, s)
function reverse(s::String)
    io = IOBuffer()
    i = lastindex(s)
    while i >= 1
        print(io, s[i])
        i = prevind(s, i)
    end
    return take_string!(io)
end
