# Char: four bytes that hold a code point's UTF-8 encoding from the top, so that order by bits is order by code point.

==(x::Char, y::Char) = eq_int(bitcast(UInt32, x), bitcast(UInt32, y))
isless(x::Char, y::Char) = ult_int(bitcast(UInt32, x), bitcast(UInt32, y))
<(x::Char, y::Char) = ult_int(bitcast(UInt32, x), bitcast(UInt32, y))
<=(x::Char, y::Char) = ule_int(bitcast(UInt32, x), bitcast(UInt32, y))

# Bytes that are no character's encoding make up a character too, one without a code point.
struct InvalidCharError{T} <: Exception
    char::T
end
# The code point that the bytes would encode; only of overlong encodings it is too small for them.
function decoded(c::Char)
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
function codepoint(c::Char)
    bits = bitcast(UInt32, c)
    bits < 0x80000000 && return bits >> 24
    ismalformed(c) && throw(InvalidCharError{Char}(c))
    value = decoded(c)
    is_overlong_encoding(bits, value) && throw(InvalidCharError{Char}(c))
    return value
end
# A leading byte says how many bytes follow; each of those begins with the bits 10.
function ismalformed(c::Char)
    bits = bitcast(UInt32, c)
    bits < 0x80000000 && return bits & 0x00ffffff != 0x00000000
    n = leading_ones(bits)
    (n < 2 || n > 4) && return true
    follow = n == 2 ? 0x00c00000 : n == 3 ? 0x00c0c000 : 0x00c0c0c0
    marks = follow & 0x00808080
    beyond = n == 2 ? 0x0000ffff : n == 3 ? 0x000000ff : 0x00000000
    return bits & follow != marks || bits & beyond != 0x00000000
end
is_overlong_encoding(bits, value) = value < (bits < 0xe0000000 ? 0x00000080 : bits < 0xf0000000 ? 0x00000800 : 0x00010000)
isoverlong(c::Char) = (bits = bitcast(UInt32, c); bits >= 0x80000000 && !ismalformed(c) && is_overlong_encoding(bits, decoded(c)))
is_well_formed(c) = !ismalformed(c) && !isoverlong(c)
isvalid(c::Char) = is_well_formed(c) && (u = decoded(c); u < 0x0000d800 || (0x0000dfff < u && u < 0x00110000))
isvalid(::Type{Char}, u::Integer) = 0 <= u < 0xd800 || 0xdfff < u < 0x110000
isvalid(::Type{Char}, c::Char) = isvalid(c)

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
Char(x::Number) = Char(UInt32(x))
Char(c::Char) = c

convert(::Type{Char}, x::Number) = Char(x)
convert(::Type{T}, c::Char) where {T<:Number} = T(codepoint(c))
Bool(c::Char) = Bool(codepoint(c))
(::Type{T})(c::Char) where {T<:BitFloat} = T(codepoint(c))
typemin(::Type{Char}) = bitcast(Char, 0x00000000)
typemax(::Type{Char}) = bitcast(Char, 0xffffffff)
widen(::Type{Char}) = Char
(::Type{T})(c::Char) where {T<:BitInteger} = convert(T, codepoint(c))

+(c::Char, n::Integer) = Char(convert(Int32, codepoint(c)) + convert(Int32, n))
+(n::Integer, c::Char) = c + n
-(c::Char, n::Integer) = Char(convert(Int32, codepoint(c)) - convert(Int32, n))
-(a::Char, b::Char) = convert(Int64, codepoint(a)) - convert(Int64, codepoint(b))

# How many bytes the character has in UTF-8.
function ncodeunits(c::Char)
    bits = bitcast(UInt32, c)
    bits < 0x80000000 && return 1
    n = 4 - (trailing_zeros(bits) >> 3)
    return n < 1 ? 1 : n
end

isascii(c::Char) = bitcast(UInt32, c) < 0x80000000
# The general category by its number: Lu 1, Ll 2, Lt 3, Lm 4, Lo 5, Mn 6, Mc 7, Me 8, Nd 9, Nl 10, No 11, Pc 12, Pd 13,
# Ps 14, Pe 15, Pi 16, Pf 17, Po 18, Sm 19, Sc 20, Sk 21, So 22, Zs 23, Zl 24, Zp 25, Cc 26, Cf 27, Cs 28, Co 29; 0 where
# there is no such character, 30 and 31 where there is no code point.
category_code(c::Char) = ismalformed(c) ? 31 : isoverlong(c) || decoded(c) > 0x0010ffff ? 30 : Core._char_category(decoded(c))
category_between(c, from, to) = is_well_formed(c) && from <= Core._char_category(decoded(c)) <= to
isxdigit(c::Char) = isdigit(c) || ('a' <= c && c <= 'f') || ('A' <= c && c <= 'F')
iscntrl(c::Char) = c <= '\x1f' || ('\x7f' <= c && c <= '\u9f')
ispunct(c::Char) = category_between(c, 12, 18)
isdigit(c::Char) = '0' <= c && c <= '9'
isnumeric(c::Char) = isascii(c) ? isdigit(c) : category_between(c, 9, 11)
isletter(c::Char) = isascii(c) ? (('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z')) : category_between(c, 1, 5)
isspace(c::Char) = c == ' ' || ('\t' <= c && c <= '\r') || c == '\u85' || ('\ua0' <= c && category_between(c, 23, 23))
isprint(c::Char) = isascii(c) ? ' ' <= c && c <= '~' : category_between(c, 1, 23)
isuppercase(c::Char) = isascii(c) ? 'A' <= c && c <= 'Z' : is_well_formed(c) && (Core._char_is_upper(decoded(c)) || category_between(c, 3, 3))
islowercase(c::Char) = isascii(c) ? 'a' <= c && c <= 'z' : is_well_formed(c) && Core._char_is_lower(decoded(c))
uppercase(c::Char) = isascii(c) ? ('a' <= c && c <= 'z' ? c - 32 : c) : Char(Core._char_to_upper(codepoint(c)))
lowercase(c::Char) = isascii(c) ? ('A' <= c && c <= 'Z' ? c + 32 : c) : Char(Core._char_to_lower(codepoint(c)))
titlecase(c::Char) = isascii(c) ? uppercase(c) : Char(Core._char_to_title(codepoint(c)))

getindex(c::Char, i::Int64) = i == 1 ? c : throw(BoundsError(c, i))
eltype(::Type{Char}) = Char
# A character is a collection of itself.
length(::Char) = 1
iterate(c::Char) = (c, nothing)
iterate(c::Char, ::Nothing) = nothing
