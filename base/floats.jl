# Float64 and Float32.

const Inf = bitcast(Float64, 0x7ff0000000000000)
const NaN = bitcast(Float64, 0x7ff8000000000000)
const Inf32 = bitcast(Float32, 0x7f800000)
const NaN32 = bitcast(Float32, 0x7fc00000)

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
isless(x::T, y::T) where {T<:BitFloat} = isnan(x) || isnan(y) ? isnan(y) && !isnan(x) : x < y || (x == y && signbit(x) && !signbit(y))

isnan(x::BitFloat) = ne_float(x, x)
isnan(x::Real) = false
isinf(x::BitFloat) = eq_float(abs(x), oftype(x, Inf))
isinf(x::Real) = false
isfinite(x::BitFloat) = eq_float(sub_float(x, x), zero(x))
isfinite(x::Real) = true
isinteger(x::BitFloat) = eq_float(sub_float(x, trunc_llvm(x)), zero(x))
signbit(x::Float64) = slt_int(bitcast(Int64, x), 0)
signbit(x::Float32) = slt_int(bitcast(Int32, x), convert(Int32, 0))
abs(x::BitFloat) = abs_float(x)
sign(x::BitFloat) = isnan(x) || x == zero(x) ? x : copysign(one(x), x)
copysign(x::T, y::T) where {T<:BitFloat} = copysign_float(x, y)
copysign(x::BitFloat, y::Real) = copysign(x, oftype(x, y))
flipsign(x::BitFloat, y::Real) = signbit(y) ? -x : x
max(x::T, y::T) where {T<:BitFloat} = isnan(x) ? x : isnan(y) ? y : (y < x || (x == y && signbit(y))) ? x : y
min(x::T, y::T) where {T<:BitFloat} = isnan(x) ? x : isnan(y) ? y : (y < x || (x == y && signbit(y))) ? y : x
typemin(::Type{T}) where {T<:BitFloat} = convert(T, -Inf)
typemax(::Type{T}) where {T<:BitFloat} = convert(T, Inf)

rem(x::Float64, y::Float64) = Core._frem(x, y)
rem(x::Float32, y::Float32) = convert(Float32, Core._frem(convert(Float64, x), convert(Float64, y)))
function mod(x::T, y::T) where {T<:BitFloat}
    r = rem(x, y)
    return r == zero(r) ? copysign(r, y) : (r > zero(r)) != (y > zero(y)) ? r + y : r
end
div(x::T, y::T) where {T<:BitFloat} = trunc_llvm((x - rem(x, y)) / y)
fld(x::T, y::T) where {T<:BitFloat} = floor_llvm(x / y)
muladd(x::T, y::T, z::T) where {T<:BitFloat} = muladd_float(x, y, z)
muladd(x, y, z) = x * y + z
fma(x::T, y::T, z::T) where {T<:BitFloat} = fma_float(x, y, z)

convert(::Type{Float64}, x::BitSigned) = sitofp(Float64, x)
convert(::Type{Float64}, x::BitUnsigned) = uitofp(Float64, x)
convert(::Type{Float32}, x::BitSigned) = sitofp(Float32, x)
convert(::Type{Float32}, x::BitUnsigned) = uitofp(Float32, x)
convert(::Type{Float64}, x::Bool) = ifelse(x, 1.0, 0.0)
convert(::Type{Float32}, x::Bool) = ifelse(x, 1f0, 0f0)
convert(::Type{Float64}, x::Float32) = fpext(Float64, x)
convert(::Type{Float32}, x::Float64) = fptrunc(Float32, x)
convert(::Type{T}, x::BitFloat) where {T<:BitInteger} = float_to_integer(T, x)
convert(::Type{AbstractFloat}, x::Real) = float(x)
Float64(x::Real) = convert(Float64, x)
Float32(x::Real) = convert(Float32, x)
float(x::BitFloat) = x
float(x::Integer) = convert(Float64, x)

unsafe_trunc_int64(x) = fptosi(Int64, x)

# The whole number must lie strictly between the type's bounds, which are exact as floats.
function float_to_integer(::Type{T}, x) where {T}
    isinteger(x) && in_range(T, x) || throw(InexactError(nameof_type(T), T, x))
    return T <: BitSigned ? fptosi(T, x) : fptoui(T, x)
end
in_range(::Type{T}, x) where {T<:BitSigned} = convert(typeof(x), typemin(T)) <= x && x < -convert(typeof(x), typemin(T))
in_range(::Type{T}, x) where {T<:BitUnsigned} = -one(x) < x && x < convert(typeof(x), 2) * convert(typeof(x), bitcast_half(T))
bitcast_half(::Type{T}) where {T} = shl_int(one(T), bitcast(UInt64, 8 * Core.sizeof(T) - 1))
nameof_type(::Type{T}) where {T} = Core._typename_symbol(T)

# The distance to the next larger float.
eps() = eps(Float64)
eps(::Type{Float64}) = 2.220446049250313e-16
eps(::Type{Float32}) = 1.1920929f-7
eps(x::Float64) = isfinite(x) ? nextfloat(abs(x)) - abs(x) : NaN
nextfloat(x::Float64) = x == Inf ? x : x < 0.0 ? bitcast(Float64, bitcast(Int64, x) - 1) : bitcast(Float64, bitcast(Int64, x + 0.0) + 1)
prevfloat(x::Float64) = -nextfloat(-x)
floatmax(::Type{Float64}) = 1.7976931348623157e308
floatmin(::Type{Float64}) = 2.2250738585072014e-308
maxintfloat() = 9.007199254740992e15
