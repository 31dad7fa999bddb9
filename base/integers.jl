# Integers of every width, and Bool.

+(x::T, y::T) where {T<:BitInteger} = add_int(x, y)
-(x::T, y::T) where {T<:BitInteger} = sub_int(x, y)
*(x::T, y::T) where {T<:BitInteger} = mul_int(x, y)
-(x::BitInteger) = neg_int(x)
~(x::BitInteger) = not_int(x)
(&)(x::T, y::T) where {T<:BitInteger} = and_int(x, y)
|(x::T, y::T) where {T<:BitInteger} = or_int(x, y)
xor(x::T, y::T) where {T<:BitInteger} = xor_int(x, y)

==(x::T, y::T) where {T<:BitInteger} = eq_int(x, y)
<(x::T, y::T) where {T<:BitSigned} = slt_int(x, y)
<=(x::T, y::T) where {T<:BitSigned} = sle_int(x, y)
<(x::T, y::T) where {T<:BitUnsigned} = ult_int(x, y)
<=(x::T, y::T) where {T<:BitUnsigned} = ule_int(x, y)
max(x::T, y::T) where {T<:BitInteger} = ifelse(y < x, x, y)
min(x::T, y::T) where {T<:BitInteger} = ifelse(y < x, y, x)

# Division truncates towards zero; the checked intrinsics throw DivideError.
div(x::T, y::T) where {T<:BitSigned} = checked_sdiv_int(x, y)
rem(x::T, y::T) where {T<:BitSigned} = checked_srem_int(x, y)
div(x::T, y::T) where {T<:BitUnsigned} = checked_udiv_int(x, y)
rem(x::T, y::T) where {T<:BitUnsigned} = checked_urem_int(x, y)
function mod(x::T, y::T) where {T<:BitSigned}
    r = rem(x, y)
    return ifelse((r != 0) & ((r < 0) != (y < 0)), r + y, r)
end
mod(x::T, y::T) where {T<:BitUnsigned} = rem(x, y)
function fld(x::T, y::T) where {T<:BitInteger}
    q = div(x, y)
    return (signbit(x) != signbit(y)) & (q * y != x) ? q - one(T) : q
end
function cld(x::T, y::T) where {T<:BitInteger}
    q = div(x, y)
    return (signbit(x) == signbit(y)) & (q * y != x) ? q + one(T) : q
end
# A signed number divided by an unsigned one, and the other way: by value, in the type of the dividend (of `mod`: the
# divisor), wrapping where it has no such value.
div(x::BitSigned, y::BitUnsigned) = signbit(x) ? -signed(div(magnitude(x), y)) : signed(div(magnitude(x), y))
div(x::BitUnsigned, y::BitSigned) = (q = signed(div(x, magnitude(y))); unsigned(signbit(y) ? -q : q))
rem(x::BitSigned, y::BitUnsigned) = (r = signed(rem(magnitude(x), y)); signbit(x) ? -r : r)
rem(x::BitUnsigned, y::BitSigned) = rem(x, magnitude(y))
mod(x::BitSigned, y::BitUnsigned) = rem(y + unsigned(rem(x, y)), y)
mod(x::BitUnsigned, y::BitSigned) = rem(y + signed(rem(x, y)), y)
fld(x::BitSigned, y::BitUnsigned) = (q = div(x, y); signbit(x) && !iszero(rem(x, y)) ? q - one(q) : q)
cld(x::BitSigned, y::BitUnsigned) = (q = div(x, y); !signbit(x) && !iszero(rem(x, y)) ? q + one(q) : q)
fld(x::BitUnsigned, y::BitSigned) = (q = div(x, y); signbit(y) && !iszero(rem(x, y)) ? q - one(q) : q)
cld(x::BitUnsigned, y::BitSigned) = (q = div(x, y); !signbit(y) && !iszero(rem(x, y)) ? q + one(q) : q)
magnitude(x::BitSigned) = unsigned_bits(abs(x))
div(x::Bool, y::Bool) = y ? x : throw(DivideError())
fld(x::Bool, y::Bool) = div(x, y)
cld(x::Bool, y::Bool) = div(x, y)
rem(x::Bool, y::Bool) = y ? false : throw(DivideError())
mod(x::Bool, y::Bool) = rem(x, y)
divrem(x, y) = (div(x, y), rem(x, y))
fldmod(x, y) = (fld(x, y), mod(x, y))
mod1(x::Real, y::Real) = promoted(mod1, x, y)
mod1(x::T, y::T) where {T<:Real} = (m = mod(x, y); m == 0 ? y : m)
fld1(x::Real, y::Real) = promoted(fld1, x, y)
fld1(x::T, y::T) where {T<:Real} = (m = mod1(x, y); fld((x - m) + y, y))
fld1(x::T, y::T) where {T<:Integer} = cld(x, y)
fldmod1(x::Real, y::Real) = (fld1(x, y), mod1(x, y))
/(x::T, y::T) where {T<:BitInteger} = float(x) / float(y)
/(x::Integer, y::Integer) = float(x) / float(y)

# A shift by a negative amount goes the other way; by the width or more, everything is shifted out.
<<(x::T, n::Int64) where {T<:BitInteger} = n >= 0 ? shl_int(x, bitcast(UInt64, n)) : shifted_back(x, bitcast(UInt64, neg_int(n)))
shifted_back(x::BitSigned, n) = ashr_int(x, n)
shifted_back(x::BitUnsigned, n) = lshr_int(x, n)
>>(x::T, n::Int64) where {T<:BitSigned} = n >= 0 ? ashr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
>>(x::T, n::Int64) where {T<:BitUnsigned} = n >= 0 ? lshr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
>>>(x::T, n::Int64) where {T<:BitInteger} = n >= 0 ? lshr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
<<(x::BitInteger, n::Integer) = x << shift_amount(n)
>>(x::BitInteger, n::Integer) = x >> shift_amount(n)
>>>(x::BitInteger, n::Integer) = x >>> shift_amount(n)
<<(x::Bool, n::Integer) = convert(Int64, x) << n
>>(x::Bool, n::Integer) = convert(Int64, x) >> n
>>>(x::Bool, n::Integer) = convert(Int64, x) >>> n
# Beyond a thousand places either way, nothing changes.
shift_amount(n) = n > 1000 ? 1000 : n < -1000 ? -1000 : convert(Int64, n)
function bitrotate(x::T, k::Integer) where {T<:BitInteger}
    width = 8 * Core.sizeof(T)
    places = mod(k, width)
    return (x << places) | (x >>> (width - places))
end
bswap(x::Union{Int8,UInt8}) = x
bswap(x::BitInteger) = bswap_int(x)
bitreverse(x::BitInteger) = bitreverse_int(x)
ntoh(x::Union{BitInteger,BitFloat}) = bswap(x)
hton(x::Union{BitInteger,BitFloat}) = bswap(x)
ltoh(x) = x
htol(x) = x

signbit(x::BitSigned) = x < zero(x)
signbit(x::BitUnsigned) = false
abs(x::BitSigned) = ifelse(x < zero(x), neg_int(x), x)
abs(x::BitUnsigned) = x
abs(x::Real) = ifelse(signbit(x), -x, x)
abs2(x::Real) = x * x
signbit(x::Real) = x < zero(x)
sign(x::BitInteger) = x < zero(x) ? oftype(x, -1) : x == zero(x) ? zero(x) : one(x)
sign(x::Bool) = x
sign(x::Number) = iszero(x) ? x / abs(oneunit(x)) : x / abs(x)
sign(x::Real) = x < zero(x) ? -one(x) : x > zero(x) ? one(x) : typeof(one(x))(x)
flipsign(x::T, y::T) where {T<:BitSigned} = flipsign_int(x, y)
flipsign(x::BitSigned, y::BitSigned) = signbit(y) ? -x : x
flipsign(x::Real, y::Real) = signbit(y) ? -x : +x
copysign(x::BitSigned, y::Real) = signbit(x) == signbit(y) ? x : -x
copysign(x::Real, y::Real) = signbit(x) == signbit(y) ? +x : -x
copysign(x::BitUnsigned, y::Real) = signbit(y) ? -x : x
iseven(x::Integer) = (x & one(x)) == zero(x)
iseven(x::Bool) = !x
isodd(x::Integer) = !iseven(x)
isodd(x::Real) = isinteger(x) && !iszero(rem(x, oftype(x, 2)))
iseven(x::Real) = isinteger(x) && iszero(rem(x, oftype(x, 2)))
isinteger(::Integer) = true
isinteger(x::Real) = x == trunc(x)
isreal(x::Real) = true

count_ones(x::BitInteger) = convert(Int64, ctpop_int(x))
leading_zeros(x::BitInteger) = convert(Int64, ctlz_int(x))
# How many bits a number that is not negative has.
n_bits(x::Integer) = 8 * sizeof(x) - leading_zeros(x)
trailing_zeros(x::BitInteger) = convert(Int64, cttz_int(x))

count_zeros(x::BitInteger) = count_ones(~x)
leading_ones(x::BitInteger) = leading_zeros(~x)
trailing_ones(x::BitInteger) = trailing_zeros(~x)

typemin(::Type{T}) where {T<:BitUnsigned} = convert(T, 0)
typemax(::Type{T}) where {T<:BitUnsigned} = not_int(convert(T, 0))
typemax(::Type{T}) where {T<:BitSigned} = lshr_int(not_int(convert(T, 0)), 0x01)
typemin(::Type{T}) where {T<:BitSigned} = not_int(typemax(T))
typemin(x::Number) = typemin(typeof(x))
typemax(x::Number) = typemax(typeof(x))

# Exponentiation by squaring.
^(x::Number, n::Integer) = power_by_squaring(x, n)
^(x::T, n::T) where {T<:Integer} = power_by_squaring(x, n)
^(x::Bool, n::Bool) = x | !n
^(x::Bool, n::Integer) = n < 0 && !x ? throw(DomainError(n, power_error(n))) : (n == 0) | x
function power_by_squaring(x, n)
    n < 0 && return negative_power(x, n)
    n == 0 && return one(x)
    n == 1 && return copy_number(x)
    base = x
    k = n
    while iseven(k)
        base = base * base
        k = k >> 1
    end
    result = base
    k = k >> 1
    while k > 0
        base = base * base
        isodd(k) && (result = result * base)
        k = k >> 1
    end
    return result
end
copy_number(x) = x
negative_power(x::Integer, n) = x == one(x) ? x : x == -one(x) ? (iseven(n) ? one(x) : x) : throw(DomainError(n, power_error(n)))
negative_power(x, n) = inv(x)^(-n)
power_error(n) = string("Cannot raise an integer x to a negative power ", n, ".\nMake x or ", n, " a float by adding a zero decimal (e.g., 2.0^", n, " or 2^", float(n), " instead of 2^", n, ") or write 1/x^", -n, ", float(x)^", n, ", x^float(", n, ") or (x//1)^", n, ".")

# Conversions between widths check that nothing is lost.
(::Type{T})(x::T) where {T<:Number} = x
convert(::Type{T}, x::T) where {T<:Number} = x
convert(::Type{T}, x::Number) where {T<:Number} = T(x)::T
(::Type{T})(x::BitInteger) where {T<:BitInteger} = to_integer(T, x)
(::Type{T})(x::T) where {T<:BitInteger} = x
to_integer(::Type{T}, x::T) where {T<:BitInteger} = x
function to_integer(::Type{T}, x::S) where {T<:BitInteger,S<:BitInteger}
    if Core.sizeof(T) < Core.sizeof(S)
        y = trunc_int(T, x)
        back = S <: BitSigned && T <: BitSigned ? sext_int(S, y) : zext_int(S, y)
        T <: BitSigned && S <: BitUnsigned && signbit(bitcast(signed_type(S), x)) && throw(InexactError(:check_top_bit, T, x))
        if back !== x || (T <: BitSigned && S <: BitUnsigned && signbit(y)) || (T <: BitUnsigned && S <: BitSigned && signbit(x))
            throw(InexactError(:trunc, T, x))
        end
        return y
    elseif Core.sizeof(T) == Core.sizeof(S)
        y = bitcast(T, x)
        signbit(x) != signbit(y) && throw(InexactError(:check_top_bit, T, x))
        return y
    else
        T <: BitUnsigned && signbit(x) && throw(InexactError(:check_top_bit, T, x))
        return S <: BitSigned ? sext_int(T, x) : zext_int(T, x)
    end
end
(::Type{T})(x::Bool) where {T<:BitInteger} = zext_or_same(T, x)
zext_or_same(::Type{T}, x::Bool) where {T} = Core.sizeof(T) == 1 ? bitcast(T, x) : zext_int(T, x)
Bool(x::Real) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
Bool(x::Bool) = x
Integer(x::Integer) = x
Signed(x::BitSigned) = x
Signed(x::Union{BitUnsigned,Bool}) = signed_type(typeof(x))(x)
Unsigned(x::BitUnsigned) = x
Unsigned(x::Union{BitSigned,Bool}) = unsigned_type(typeof(x))(x)
Real(x::Real) = x
Number(x::Number) = x
# Of a number that is no machine integer, the machine's own width.
Integer(x::BitFloat) = Int64(x)
Signed(x::BitFloat) = Int64(x)
Unsigned(x::BitFloat) = UInt64(x)

# Bool is an integer for arithmetic.
+(x::Bool, y::Bool) = convert(Int64, x) + convert(Int64, y)
-(x::Bool, y::Bool) = convert(Int64, x) - convert(Int64, y)
*(x::Bool, y::Bool) = and_int(x, y)
# `false` is a strong zero.
*(x::Bool, y::BitFloat) = ifelse(x, y, copysign(zero(y), y))
*(x::BitFloat, y::Bool) = y * x
+(x::Bool, y::BitFloat) = ifelse(x, one(y) + y, y)
+(x::BitFloat, y::Bool) = y + x
+(x::Bool) = convert(Int64, x)
-(x::Bool) = -convert(Int64, x)
(&)(x::Bool, y::Bool) = and_int(x, y)
|(x::Bool, y::Bool) = or_int(x, y)
xor(x::Bool, y::Bool) = xor_int(x, y)
~(x::Bool) = not_int(x)
==(x::Bool, y::Bool) = eq_int(x, y)
<(x::Bool, y::Bool) = y & !x
<=(x::Bool, y::Bool) = y | !x
/(x::Bool, y::Bool) = float(x) / float(y)
signbit(x::Bool) = false
abs(x::Bool) = x
typemin(::Type{Bool}) = false
typemax(::Type{Bool}) = true
bswap(x::BitFloat) = bitcast(typeof(x), bswap_int(bits_of(x)))

abs2(x::Bool) = x
max(x::Bool, y::Bool) = x | y
min(x::Bool, y::Bool) = x & y
count_ones(x::Bool) = convert(Int64, x)

# The same bits as the other kind of integer, and the type of twice the width.
signed_type(::Type{T}) where {T<:BitSigned} = T
signed_type(::Type{UInt8}) = Int8
signed_type(::Type{UInt16}) = Int16
signed_type(::Type{UInt32}) = Int32
signed_type(::Type{UInt64}) = Int64
signed_type(::Type{UInt128}) = Int128
signed_type(::Type{Bool}) = Int64
unsigned_type(::Type{T}) where {T<:BitUnsigned} = T
unsigned_type(::Type{Int8}) = UInt8
unsigned_type(::Type{Int16}) = UInt16
unsigned_type(::Type{Int32}) = UInt32
unsigned_type(::Type{Int64}) = UInt64
unsigned_type(::Type{Int128}) = UInt128
unsigned_type(::Type{Bool}) = UInt64
signed(x::BitSigned) = x
signed(x::BitUnsigned) = bitcast(signed_type(typeof(x)), x)
signed(x::Bool) = convert(Int64, x)
signed(x) = Signed(x)
signed(::Type{T}) where {T<:Union{BitInteger,Bool}} = signed_type(T)
unsigned(x::BitSigned) = unsigned_bits(x)
unsigned(x::BitUnsigned) = x
unsigned(x::Bool) = convert(UInt64, x)
unsigned(x) = Unsigned(x)
unsigned(::Type{T}) where {T<:Union{BitInteger,Bool}} = unsigned_type(T)
widen(::Type{Int8}) = Int16
widen(::Type{Int16}) = Int32
widen(::Type{Int32}) = Int64
widen(::Type{Int64}) = Int128
widen(::Type{UInt8}) = UInt16
widen(::Type{UInt16}) = UInt32
widen(::Type{UInt32}) = UInt64
widen(::Type{UInt64}) = UInt128
widen(::Type{Float16}) = Float32
widen(::Type{Float32}) = Float64
widen(::Type{Bool}) = Int64
widen(::Type{T}) where {T<:Union{Int128,UInt128}} = error("arbitrary precision is not supported yet: there is no type wider than ", T)
widen(x::Number) = convert(widen(typeof(x)), x)
widemul(x::Number, y::Number) = widen(x) * widen(y)
# 128-bit factors have no wider type.
widemul(x::Bool, y::Bool) = x * y
widemul(x::Bool, y::Number) = x * y
widemul(x::Number, y::Bool) = x * y

# The same bits as another type of the same size.
const PlainBits = Union{BitInteger,BitFloat,Bool,Char}
reinterpret(::Type{T}, x::PlainBits) where {T<:PlainBits} = bitcast(T, x)
reinterpret(::Type{Unsigned}, x::PlainBits) = bitcast(unsigned_of_size(Core.sizeof(x)), x)
reinterpret(::Type{Signed}, x::PlainBits) = signed(reinterpret(Unsigned, x))
function reinterpret(::Type{T}, x::S) where {T,S}
    isbitstype(S) || throw(ArgumentError(string("cannot reinterpret `", S, "` as `", T, "`, type `", S, "` is not a bits type")))
    isbitstype(T) || throw(ArgumentError(string("cannot reinterpret `", S, "` as `", T, "`, type `", T, "` is not a bits type")))
    return bitcast(T, x)
end
