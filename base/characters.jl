# Char: four bytes that hold a code point's UTF-8 encoding from the top, so that order by bits is order by code point.

==(x::Char, y::Char) = eq_int(bitcast(UInt32, x), bitcast(UInt32, y))
isless(x::Char, y::Char) = ult_int(bitcast(UInt32, x), bitcast(UInt32, y))
<(x::Char, y::Char) = ult_int(bitcast(UInt32, x), bitcast(UInt32, y))
<=(x::Char, y::Char) = ule_int(bitcast(UInt32, x), bitcast(UInt32, y))

function codepoint(c::Char)
    bits = bitcast(UInt32, c)
    bits < 0x80000000 && return bits >> 24
    n = 4 - (trailing_zeros(bits) >> 3)
    n < 2 && return bits >> 24
    # Six bits of each continuation byte, and what the leading byte leaves.
    raw = bits >> (8 * (4 - n))
    value = zext_int(UInt32, 0x00)
    shift = 0
    for k in 1:(n - 1)
        value = value | ((raw & 0x0000003f) << shift)
        raw = raw >> 8
        shift += 6
    end
    lead = raw & (0x000000ff >> (n + 1))
    return value | (lead << shift)
end

function Char(u::UInt32)
    u < 0x00000080 && return bitcast(Char, u << 24)
    u < 0x00200000 || throw(CodePointError(u))
    c = u & 0x0000003f
    b = (u >> 6) & 0x0000003f
    if u < 0x00000800
        return bitcast(Char, ((0x000000c0 | (u >> 6)) << 24) | ((0x00000080 | c) << 16))
    elseif u < 0x00010000
        return bitcast(Char, ((0x000000e0 | (u >> 12)) << 24) | ((0x00000080 | b) << 16) | ((0x00000080 | c) << 8))
    end
    a = (u >> 12) & 0x0000003f
    return bitcast(Char, ((0x000000f0 | (u >> 18)) << 24) | ((0x00000080 | a) << 16) | ((0x00000080 | b) << 8) | 0x00000080 | c)
end
Char(x::Integer) = Char(convert(UInt32, x))
Char(c::Char) = c

convert(::Type{Char}, x::Integer) = Char(x)
convert(::Type{T}, c::Char) where {T<:BitInteger} = convert(T, codepoint(c))
(::Type{T})(c::Char) where {T<:BitInteger} = convert(T, codepoint(c))

+(c::Char, n::Integer) = Char(convert(Int64, codepoint(c)) + n)
+(n::Integer, c::Char) = c + n
-(c::Char, n::Integer) = Char(convert(Int64, codepoint(c)) - n)
-(a::Char, b::Char) = convert(Int64, codepoint(a)) - convert(Int64, codepoint(b))

# How many bytes the character has in UTF-8.
function ncodeunits(c::Char)
    bits = bitcast(UInt32, c)
    bits < 0x80000000 && return 1
    n = 4 - (trailing_zeros(bits) >> 3)
    return n < 1 ? 1 : n
end

isascii(c::Char) = bitcast(UInt32, c) < 0x80000000
isnumeric(c::Char) = isdigit(c)
isxdigit(c::Char) = isdigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F')
iscntrl(c::Char) = c <= '\x1f' || ('\x7f' <= c && c <= '\u9f')
ispunct(c::Char) = isascii(c) && '!' <= c && c <= '~' && !isletter(c) && !isdigit(c) && !(c in "\$+<=>^`|~")
isdigit(c::Char) = '0' <= c && c <= '9'
isletter(c::Char) = isascii(c) ? (('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z')) : Core._char_is_letter(codepoint(c))
isspace(c::Char) = c == ' ' || ('\t' <= c && c <= '\r') || c == '\u85' || c == '\ua0'
isuppercase(c::Char) = isascii(c) ? 'A' <= c && c <= 'Z' : Core._char_is_upper(codepoint(c))
islowercase(c::Char) = isascii(c) ? 'a' <= c && c <= 'z' : Core._char_is_lower(codepoint(c))
uppercase(c::Char) = isascii(c) ? ('a' <= c && c <= 'z' ? c - 32 : c) : Char(Core._char_to_upper(codepoint(c)))
lowercase(c::Char) = isascii(c) ? ('A' <= c && c <= 'Z' ? c + 32 : c) : Char(Core._char_to_lower(codepoint(c)))

getindex(c::Char, i::Int64) = i == 1 ? c : throw(BoundsError(c, i))
eltype(::Type{Char}) = Char
# A character is a collection of itself.
length(::Char) = 1
iterate(c::Char) = (c, nothing)
iterate(c::Char, ::Nothing) = nothing
