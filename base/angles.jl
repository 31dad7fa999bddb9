# Trigonometry of angles given in half turns and degrees, and remainders by a full turn.
#
# Angles are reduced exactly, to at most an eighth of a turn either way, and then multiplied by π as a sum of two floats:
# the series take such a sum, so that the result is as good as if the angle had been exact.

# The sine and cosine of `x + y` for |x| up to π/4: Taylor's series with its coefficients fitted to that range.
function sine_series(x, y)
    z = x * x
    r = 0.00833333333332249 + z * (-0.0001984126982985795 + z * (2.7557313707070068e-6 + z * (-2.5050760253406863e-8 + z * 1.58969099521155e-10)))
    v = z * x
    return x - ((z * (0.5 * y - v * r) - y) + v * 0.16666666666666632)
end
function cosine_series(x, y)
    z = x * x
    r = z * (0.0416666666666666 + z * (-0.001388888888887411 + z * (2.480158728947673e-5 + z * (-2.7557314351390663e-7 + z * (2.087572321298175e-9 + z * -1.1359647557788195e-11)))))
    half = 0.5 * z
    w = 1.0 - half
    return w + (((1.0 - w) - half) + (z * r - x * y))
end
# The sine of `quarters` quarter turns and `x + y`.
function sine_after(quarters, x, y)
    n = quarters & 3
    value = iseven(n) ? sine_series(x, y) : cosine_series(x, y)
    return n >= 2 ? -value : value
end

sinpi(x::Float64) = turned(x, 0)
cospi(x::Float64) = turned(x, 1)
function turned(x, quarter)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    isnan(x) && return x
    # Beyond 2^53 every float is an even number.
    y = rem(x, 2.0)
    k = rint_llvm(2.0 * y)
    r = y - 0.5 * k
    hi = r * 3.141592653589793
    lo = fma(r, 3.141592653589793, -hi) + r * 1.2246467991473532e-16
    n = fptosi(Int64, k) + quarter
    iszero(r) && iseven(n) && return quarter == 1 ? 0.0 : copysign(0.0, x)
    return sine_after(n, hi, lo)
end
sinpi(x::T) where {T<:Union{Float16,Float32}} = T(sinpi(Float64(x)))
cospi(x::T) where {T<:Union{Float16,Float32}} = T(cospi(Float64(x)))
sinpi(x::Integer) = x >= 0 ? zero(float(x)) : -zero(float(x))
cospi(x::Integer) = isodd(x) ? -one(float(x)) : one(float(x))
sinpi(x::Rational) = sinpi(float(rem(x, 2)))
cospi(x::Rational) = cospi(float(rem(x, 2)))
sinpi(x::Real) = sinpi(float(x))
cospi(x::Real) = cospi(float(x))
sincospi(x::Real) = (sinpi(x), cospi(x))
tanpi(x::Real) = sinpi(x) / cospi(x)
sinc(x::Number) = iszero(x) ? one(float(x)) : isinf(x) ? zero(float(x)) : sinpi(x) / (pi * x)
sinc(x::Integer) = iszero(x) ? one(x) : zero(x)
cosc(x::Number) = iszero(x) ? zero(float(x)) : (cospi(x) - sinpi(x) / (pi * x)) / x

sind(x::Float64) = degrees(x, 0)
cosd(x::Float64) = degrees(x, 1)
function degrees(x, quarter)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    isnan(x) && return x
    y = rem(x, 360.0)
    k = rint_llvm(y / 90.0)
    r = y - 90.0 * k
    hi = r * 0.017453292519943295
    lo = fma(r, 0.017453292519943295, -hi) + r * 2.9486522708701687e-19
    n = fptosi(Int64, k) + quarter
    iszero(r) && iseven(n) && return quarter == 1 ? 0.0 : copysign(0.0, x)
    return sine_after(n, hi, lo)
end
sind(x::T) where {T<:Union{Float16,Float32}} = T(sind(Float64(x)))
cosd(x::T) where {T<:Union{Float16,Float32}} = T(cosd(Float64(x)))
sind(x::Real) = sind(float(x))
cosd(x::Real) = cosd(float(x))
tand(x::Real) = sind(x) / cosd(x)
sincosd(x::Real) = (sind(x), cosd(x))
asind(x::Real) = rad2deg(asin(x))
acosd(x::Real) = rad2deg(acos(x))
atand(x::Real) = rad2deg(atan(x))
atand(y::Real, x::Real) = rad2deg(atan(y, x))

# The remainder by 2π, of the true value, not of its float.
function rem2pi(x::Float64, mode::RoundingMode)
    isfinite(x) || return NaN
    n = rint_llvm(x / 6.283185307179586)
    # Where turns are too many to be counted, by way of the direction.
    are_many = abs(n) > 1.0e15
    nearest = are_many ? Core._atan2(Core._sin(x), Core._cos(x)) : abs(x) < 3.141592653589793 ? x : less_turns(x, n)
    (mode === RoundNearest || iszero(nearest)) && return nearest
    negative = mode === RoundUp ? true : mode === RoundDown ? false : signbit(x)
    signbit(nearest) == negative && return nearest
    abs(x) < 6.283185307179586 && signbit(x) == negative && return x
    are_many && return nearest + (negative ? -6.283185307179586 : 6.283185307179586)
    return less_turns(x, negative ? n + 1.0 : n - 1.0)
end
function less_turns(x, n)
    whole = n * 6.283185307179586
    return (x - whole) - (fma(n, 6.283185307179586, -whole) + n * 2.4492935982947064e-16)
end
rem2pi(x::T, mode::RoundingMode) where {T<:Union{Float16,Float32}} = T(rem2pi(Float64(x), mode))
rem2pi(x::Real, mode::RoundingMode) = rem2pi(float(x), mode)
mod2pi(x::Real) = rem2pi(float(x), RoundDown)
