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
fld(x::Integer, y::Integer) = promoted(fld, x, y)
cld(x::Integer, y::Integer) = promoted(cld, x, y)
divrem(x, y) = (div(x, y), rem(x, y))
fldmod(x, y) = (fld(x, y), mod(x, y))
mod1(x, y) = (m = mod(x, y); m == 0 ? y : m)
/(x::T, y::T) where {T<:BitInteger} = float(x) / float(y)

# A shift by a negative amount goes the other way; by the width or more, everything is shifted out.
<<(x::T, n::Int64) where {T<:BitInteger} = n >= 0 ? shl_int(x, bitcast(UInt64, n)) : x >> neg_int(n)
>>(x::T, n::Int64) where {T<:BitSigned} = n >= 0 ? ashr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
>>(x::T, n::Int64) where {T<:BitUnsigned} = n >= 0 ? lshr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
>>>(x::T, n::Int64) where {T<:BitInteger} = n >= 0 ? lshr_int(x, bitcast(UInt64, n)) : shl_int(x, bitcast(UInt64, neg_int(n)))
<<(x::BitInteger, n::Integer) = x << convert(Int64, n)
>>(x::BitInteger, n::Integer) = x >> convert(Int64, n)
>>>(x::BitInteger, n::Integer) = x >>> convert(Int64, n)

signbit(x::BitSigned) = x < zero(x)
signbit(x::BitUnsigned) = false
abs(x::BitSigned) = ifelse(x < zero(x), neg_int(x), x)
abs(x::BitUnsigned) = x
abs2(x::Real) = x * x
sign(x::BitInteger) = x < zero(x) ? oftype(x, -1) : x == zero(x) ? zero(x) : one(x)
flipsign(x::T, y::T) where {T<:BitSigned} = flipsign_int(x, y)
copysign(x::BitSigned, y::Real) = signbit(x) == signbit(y) ? x : -x
iseven(x::Integer) = (x & one(x)) == zero(x)
isodd(x::Integer) = !iseven(x)
isinteger(::Integer) = true

count_ones(x::BitInteger) = convert(Int64, ctpop_int(x))
leading_zeros(x::BitInteger) = convert(Int64, ctlz_int(x))
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

function gcd(a::T, b::T) where {T<:BitInteger}
    while b != zero(T)
        a, b = b, rem(a, b)
    end
    return abs(a)
end
gcd(a::Integer, b::Integer) = promoted(gcd, a, b)
lcm(a::T, b::T) where {T<:BitInteger} = a == zero(T) ? a : abs(div(a, gcd(a, b)) * b)
lcm(a::Integer, b::Integer) = promoted(lcm, a, b)

function isqrt(n::Int64)
    r = unsafe_trunc_int64(sqrt(float(n)))
    while r * r > n
        r -= 1
    end
    while (r + 1) * (r + 1) <= n && r < 3037000499
        r += 1
    end
    return r
end

# Exponentiation by squaring.
function ^(x::Number, n::Integer)
    n < 0 && return negative_power(x, n)
    result = one(x)
    base = x
    k = n
    while k > 0
        if isodd(k)
            result = result * base
        end
        k = k >> 1
        k > 0 && (base = base * base)
    end
    return result
end
negative_power(x::Integer, n) = x == one(x) ? x : x == -one(x) ? (iseven(n) ? one(x) : x) : throw(DomainError(n, string("Cannot raise an integer x to a negative power ", n, ".\nMake x or ", n, " a float by adding a zero decimal (e.g., ", x, ".0^", n, " or ", x, "^", n, ".0 instead of ", x, "^", n, "), or write 1/x^", -n, ", float(x)^", n, ", x^float(", n, ") or (x//1)^", n, ".")))
negative_power(x, n) = one(x) / x^(-n)

# Conversions between widths check that nothing is lost.
convert(::Type{T}, x::BitInteger) where {T<:BitInteger} = to_integer(T, x)
to_integer(::Type{T}, x::T) where {T<:BitInteger} = x
function to_integer(::Type{T}, x::S) where {T<:BitInteger,S<:BitInteger}
    if Core.sizeof(T) < Core.sizeof(S)
        y = trunc_int(T, x)
        back = S <: BitSigned && T <: BitSigned ? sext_int(S, y) : zext_int(S, y)
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
convert(::Type{T}, x::Bool) where {T<:BitInteger} = zext_or_same(T, x)
zext_or_same(::Type{T}, x::Bool) where {T} = Core.sizeof(T) == 1 ? bitcast(T, x) : zext_int(T, x)
convert(::Type{Bool}, x::Number) = x == zero(x) ? false : x == one(x) ? true : throw(InexactError(:Bool, Bool, x))
convert(::Type{Bool}, x::Bool) = x
convert(::Type{Integer}, x::Integer) = x
convert(::Type{Number}, x::Number) = x
convert(::Type{Real}, x::Real) = x

(::Type{T})(x::Number) where {T<:BitInteger} = convert(T, x)
Bool(x::Number) = convert(Bool, x)

# Bool is an integer for arithmetic.
+(x::Bool, y::Bool) = convert(Int64, x) + convert(Int64, y)
-(x::Bool, y::Bool) = convert(Int64, x) - convert(Int64, y)
*(x::Bool, y::Bool) = and_int(x, y)
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

# The same bits as the other kind of integer, and the type of twice the width.
unsigned(x::BitSigned) = unsigned_bits(x)
unsigned(x::BitUnsigned) = x
signed(x::BitSigned) = x
signed(x::UInt8) = bitcast(Int8, x)
signed(x::UInt16) = bitcast(Int16, x)
signed(x::UInt32) = bitcast(Int32, x)
signed(x::UInt64) = bitcast(Int64, x)
signed(x::UInt128) = bitcast(Int128, x)
widen(::Type{Int8}) = Int16
widen(::Type{Int16}) = Int32
widen(::Type{Int32}) = Int64
widen(::Type{Int64}) = Int128
widen(::Type{UInt8}) = UInt16
widen(::Type{UInt16}) = UInt32
widen(::Type{UInt32}) = UInt64
widen(::Type{UInt64}) = UInt128
widen(::Type{Float32}) = Float64
widen(x::Number) = convert(widen(typeof(x)), x)
