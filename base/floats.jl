# Float64, Float32 and Float16.

const Inf = bitcast(Float64, 0x7ff0000000000000)
const NaN = bitcast(Float64, 0x7ff8000000000000)
const Inf64 = Inf
const NaN64 = NaN
const Inf32 = bitcast(Float32, 0x7f800000)
const NaN32 = bitcast(Float32, 0x7fc00000)
const Inf16 = bitcast(Float16, 0x7c00)
const NaN16 = bitcast(Float16, 0x7e00)

+(x::T, y::T) where {T<:BitFloat} = add_float(x, y)
-(x::T, y::T) where {T<:BitFloat} = sub_float(x, y)
*(x::T, y::T) where {T<:BitFloat} = mul_float(x, y)
/(x::T, y::T) where {T<:BitFloat} = div_float(x, y)
-(x::BitFloat) = neg_float(x)
==(x::T, y::T) where {T<:BitFloat} = eq_float(x, y)
!=(x::T, y::T) where {T<:BitFloat} = ne_float(x, y)
<(x::T, y::T) where {T<:BitFloat} = lt_float(x, y)
<=(x::T, y::T) where {T<:BitFloat} = le_float(x, y)
# NaN comes last, -0.0 before 0.0.
isless(x::T, y::T) where {T<:BitFloat} = isless_number(x, y)

isnan(x::BitFloat) = ne_float(x, x)
isnan(x::Real) = false
isinf(x::BitFloat) = eq_float(abs(x), infinity(typeof(x)))
isinf(x::Real) = !isnan(x) && !isfinite(x)
isfinite(x::BitFloat) = eq_float(sub_float(x, x), zero(x))
isfinite(x::Real) = true
isinteger(x::BitFloat) = eq_float(sub_float(x, trunc_llvm(x)), zero(x))
issubnormal(x::BitFloat) = !iszero(x) && abs(x) < floatmin(x)
issubnormal(x::Real) = false
signbit(x::Float64) = slt_int(bitcast(Int64, x), 0)
signbit(x::Float32) = slt_int(bitcast(Int32, x), bitcast(Int32, 0x00000000))
signbit(x::Float16) = slt_int(bitcast(Int16, x), bitcast(Int16, 0x0000))
abs(x::BitFloat) = abs_float(x)
sign(x::BitFloat) = isnan(x) || x == zero(x) ? x : copysign(one(x), x)
copysign(x::T, y::T) where {T<:BitFloat} = copysign_float(x, y)
copysign(x::BitFloat, y::Real) = signbit(x) == signbit(y) ? x : -x
flipsign(x::BitFloat, y::Real) = signbit(y) ? -x : x
max(x::T, y::T) where {T<:BitFloat} = isnan(x) ? x : isnan(y) ? y : (y < x || (x == y && signbit(y))) ? x : y
min(x::T, y::T) where {T<:BitFloat} = isnan(x) ? x : isnan(y) ? y : (y < x || (x == y && signbit(y))) ? y : x
minmax(x::T, y::T) where {T<:BitFloat} = (min(x, y), max(x, y))

rem(x::Float64, y::Float64) = Core._frem(x, y)
rem(x::Float32, y::Float32) = fptrunc(Float32, Core._frem(fpext(Float64, x), fpext(Float64, y)))
rem(x::Float16, y::Float16) = fptrunc(Float16, Core._frem(fpext(Float64, x), fpext(Float64, y)))
function mod(x::T, y::T) where {T<:BitFloat}
    isinf(y) && isfinite(x) && return x == zero(x) || signbit(x) == signbit(y) ? copysign_zero(x, y) : y
    r = rem(x, y)
    return r == zero(r) ? copysign(r, y) : (r > zero(r)) != (y > zero(y)) ? r + y : r
end
copysign_zero(x, y) = iszero(x) ? copysign(x, y) : x
div(x::T, y::T) where {T<:BitFloat} = rint_llvm((x - rem(x, y)) / y)
fld(x::T, y::T) where {T<:BitFloat} = rint_llvm((x - mod(x, y)) / y)
cld(x::T, y::T) where {T<:BitFloat} = iszero(x) ? x / y : rint_llvm((x - mod(x, -y)) / y)
muladd(x::T, y::T, z::T) where {T<:BitFloat} = muladd_float(x, y, z)
muladd(x::Real, y::Real, z::Real) = muladd_promoted(promote(x, y, z)...)
muladd(x, y, z) = x * y + z
muladd_promoted(x::T, y::T, z::T) where {T<:BitFloat} = muladd_float(x, y, z)
muladd_promoted(x, y, z) = x * y + z
fma(x::T, y::T, z::T) where {T<:BitFloat} = fma_float(x, y, z)
fma(x::T, y::T, z::T) where {T<:Integer} = x * y + z
fma(x::Number, y::Number, z::Number) = fma(promote(x, y, z)...)

(::Type{T})(x::BitSigned) where {T<:BitFloat} = sitofp(T, x)
(::Type{T})(x::BitUnsigned) where {T<:BitFloat} = uitofp(T, x)
(::Type{T})(x::Bool) where {T<:BitFloat} = uitofp(T, bitcast(UInt8, x))
(::Type{T})(x::T) where {T<:BitFloat} = x
Float64(x::Float32) = fpext(Float64, x)
Float64(x::Float16) = fpext(Float64, x)
Float32(x::Float16) = fpext(Float32, x)
Float32(x::Float64) = fptrunc(Float32, x)
Float16(x::Float64) = fptrunc(Float16, x)
Float16(x::Float32) = fptrunc(Float16, x)
(::Type{T})(x::BitFloat) where {T<:BitInteger} = float_to_integer(T, x)
AbstractFloat(x::Real) = float(x)
AbstractFloat(x::BitFloat) = x
float(x::BitFloat) = x
float(x::Union{BitInteger,Bool}) = Float64(x)
float(x::Real) = convert(float(typeof(x)), x)
float(::Type{T}) where {T<:AbstractFloat} = T
float(::Type{T}) where {T<:Number} = typeof(float(zero(T)))
float(::Type{<:Union{BitInteger,Bool}}) = Float64
float(x::AbstractFloat) = x

# Truncation where the result is known to fit; beyond, any value.
unsafe_trunc(::Type{T}, x::BitFloat) where {T<:BitSigned} = fptosi(T, x)
unsafe_trunc(::Type{T}, x::BitFloat) where {T<:BitUnsigned} = fptoui(T, x)
unsafe_trunc(::Type{T}, x::Integer) where {T<:Integer} = x % T

# The whole number must lie strictly between the type's bounds, which are exact as floats (or, of half precision,
# infinite: beyond all of its numbers).
function float_to_integer(::Type{T}, x) where {T}
    isinteger(x) && in_range(T, x) || throw(InexactError(nameof_type(T), T, x))
    return T <: BitSigned ? fptosi(T, x) : fptoui(T, x)
end
in_range(::Type{T}, x) where {T<:BitSigned} = sitofp(typeof(x), typemin(T)) <= x && x < -sitofp(typeof(x), typemin(T))
in_range(::Type{T}, x) where {T<:BitUnsigned} = -one(x) < x && x < oftype(x, 2) * uitofp(typeof(x), bitcast_half(T))
in_range(::Type{T}, x::Float16) where {T<:BitSigned} = in_range(T, fpext(Float64, x))
in_range(::Type{T}, x::Float16) where {T<:BitUnsigned} = in_range(T, fpext(Float64, x))
bitcast_half(::Type{T}) where {T} = shl_int(one(T), bitcast(UInt64, 8 * Core.sizeof(T) - 1))
nameof_type(::Type{T}) where {T} = Core._typename_symbol(T)

# How the bits are laid out: the integer type of the same size, the bits of the fraction, the exponent of 1.0's field.
bits_of(x::Float64) = bitcast(UInt64, x)
bits_of(x::Float32) = bitcast(UInt32, x)
bits_of(x::Float16) = bitcast(UInt16, x)
fraction_bits(::Type{Float64}) = 52
fraction_bits(::Type{Float32}) = 23
fraction_bits(::Type{Float16}) = 10
exponent_bias(::Type{Float64}) = 1023
exponent_bias(::Type{Float32}) = 127
exponent_bias(::Type{Float16}) = 15
infinity(::Type{Float64}) = Inf
infinity(::Type{Float32}) = Inf32
infinity(::Type{Float16}) = Inf16
typemin(::Type{T}) where {T<:BitFloat} = -infinity(T)
typemax(::Type{T}) where {T<:BitFloat} = infinity(T)
floatmin(::Type{T}) where {T<:BitFloat} = bitcast(T, one(bits_of(zero(T))) << fraction_bits(T))
floatmax(::Type{T}) where {T<:BitFloat} = bitcast(T, bits_of(infinity(T)) - one(bits_of(zero(T))))
floatmin(x::BitFloat) = floatmin(typeof(x))
floatmax(x::BitFloat) = floatmax(typeof(x))
floatmin() = floatmin(Float64)
floatmax() = floatmax(Float64)
maxintfloat(::Type{T}) where {T<:BitFloat} = bitcast(T, bits_of(one(T)) + ((fraction_bits(T) + 1) % typeof(bits_of(zero(T)))) << fraction_bits(T))
maxintfloat(::Type{T}, ::Type{S}) where {T<:BitFloat,S<:Integer} = min(maxintfloat(T), convert(T, typemax(S)))
maxintfloat(x::BitFloat) = maxintfloat(typeof(x))
maxintfloat() = maxintfloat(Float64)
precision(::Type{T}) where {T<:BitFloat} = fraction_bits(T) + 1
precision(x::BitFloat) = precision(typeof(x))

# The distance to the next larger float.
eps() = eps(Float64)
eps(::Type{Float64}) = 2.220446049250313e-16
eps(::Type{Float32}) = 1.1920929f-7
eps(::Type{Float16}) = bitcast(Float16, 0x1400)
eps(x::T) where {T<:BitFloat} = isfinite(x) ? (abs(x) >= floatmin(T) ? ldexp(eps(T), exponent(x)) : nextfloat(zero(T))) : oftype(x, NaN)
# Floats of one sign are ordered as their bits are.
nextfloat(x::BitFloat) = nextfloat(x, 1)
prevfloat(x::BitFloat) = nextfloat(x, -1)
prevfloat(x::BitFloat, d::Integer) = nextfloat(x, -d)
function nextfloat(x::T, d::Integer) where {T<:BitFloat}
    isnan(x) && return x
    top = convert(Int64, bits_of(infinity(T)))
    place = convert(Int64, bits_of(abs(x)))
    signbit(x) && (place = -place)
    # Infinity is 2^63 at most less one, so that the bounds below do not overflow.
    steps = convert(Int64, clamp(d, -9223372036854775807, 9223372036854775807))
    place = steps >= 0 ? (place > top - steps ? top : place + steps) : (place < -top - steps ? -top : place + steps)
    found = bitcast(T, (abs(place)) % typeof(bits_of(x)))
    return place < 0 || (place == 0 && signbit(x) && d == 0) || (place == 0 && d > 0) ? -found : found
end

# A float in parts: `x == significand(x) * 2^exponent(x)`.
function exponent(x::T) where {T<:BitFloat}
    isfinite(x) || throw(DomainError(x, "Cannot be NaN or Inf."))
    iszero(x) && throw(DomainError(x, "Cannot be ±0.0."))
    return scale_of(x)
end
function scale_of(x::T) where {T}
    field = convert(Int64, bits_of(abs(x)) >> fraction_bits(T))
    field > 0 && return field - exponent_bias(T)
    # Subnormal: the place of the highest bit.
    return 8 * Core.sizeof(T) - leading_zeros(bits_of(abs(x))) - fraction_bits(T) - exponent_bias(T)
end
exponent(x::Real) = exponent(float(x))
significand(x::T) where {T<:BitFloat} = iszero(x) || !isfinite(x) ? x : with_scale(x, 0)
# The same digits with this exponent, for a finite number but zero.
function with_scale(x::T, k) where {T}
    bits = bits_of(abs(x))
    shift = leading_zeros(bits) - (8 * Core.sizeof(T) - fraction_bits(T) - 1)
    bits >> fraction_bits(T) == zero(bits) && (bits = bits << shift)
    hidden = one(bits) << fraction_bits(T)
    field = ((k + exponent_bias(T)) % typeof(bits)) << fraction_bits(T)
    y = bitcast(T, (bits & (hidden - one(bits))) | field)
    return signbit(x) ? -y : y
end
frexp(x::BitFloat) = iszero(x) || !isfinite(x) ? (x, 0) : (with_scale(x, -1), scale_of(x) + 1)
frexp(x::Integer) = frexp(float(x))
function ldexp(x::T, n::Integer) where {T<:BitFloat}
    iszero(x) || !isfinite(x) && return x
    iszero(x) && return x
    e = scale_of(x)
    k = e + clamp(n, -20000, 20000)
    k > exponent_bias(T) && return copysign(infinity(T), x)
    k >= 1 - exponent_bias(T) && return with_scale(x, k)
    # Below the normal numbers: one rounding, by a multiplication.
    k < -exponent_bias(T) - fraction_bits(T) - 1 && return copysign(zero(T), x)
    lift = fraction_bits(T) + 2
    return with_scale(x, k + lift) * with_scale(one(T), -lift)
end
ldexp(x::Integer, n::Integer) = ldexp(float(x), n)
function modf(x::T) where {T<:BitFloat}
    isinf(x) && return (copysign(zero(T), x), x)
    whole = trunc_llvm(x)
    return (copysign(x - whole, x), whole)
end
modf(x::Real) = (rem(x, one(x)), trunc(x))
