# Rounding: to whole numbers, to types, to so many digits, in every mode.

struct RoundingMode{T} end
const RoundNearest = RoundingMode{:Nearest}()
const RoundToZero = RoundingMode{:ToZero}()
const RoundUp = RoundingMode{:Up}()
const RoundDown = RoundingMode{:Down}()
const RoundFromZero = RoundingMode{:FromZero}()
const RoundNearestTiesAway = RoundingMode{:NearestTiesAway}()
const RoundNearestTiesUp = RoundingMode{:NearestTiesUp}()

# Without digits, one machine operation: more specific than the methods with keywords below.
floor(x::BitFloat) = floor_llvm(x)
ceil(x::BitFloat) = ceil_llvm(x)
trunc(x::BitFloat) = trunc_llvm(x)
round(x::BitFloat) = rint_llvm(x)
round(x::BitFloat, ::RoundingMode{:Nearest}) = rint_llvm(x)
round(x::BitFloat, ::RoundingMode{:ToZero}) = trunc_llvm(x)
round(x::BitFloat, ::RoundingMode{:Up}) = ceil_llvm(x)
round(x::BitFloat, ::RoundingMode{:Down}) = floor_llvm(x)
round(x::BitFloat, ::RoundingMode{:FromZero}) = signbit(x) ? floor_llvm(x) : ceil_llvm(x)
function round(x::BitFloat, ::RoundingMode{:NearestTiesAway})
    y = trunc_llvm(x)
    return isfinite(x) && abs(x - y) >= oftype(x, 0.5) ? y + copysign(one(x), x) : y
end
function round(x::BitFloat, ::RoundingMode{:NearestTiesUp})
    y = floor_llvm(x)
    return isfinite(x) && x - y >= oftype(x, 0.5) ? copysign(y + one(x), x) : y
end
floor(x::Integer) = x
ceil(x::Integer) = x
trunc(x::Integer) = x
round(x::Integer) = x
round(x::Integer, ::RoundingMode) = x

# To a type.
floor(::Type{T}, x::Real) where {T} = whole(T, floor(x))
ceil(::Type{T}, x::Real) where {T} = whole(T, ceil(x))
trunc(::Type{T}, x::Real) where {T} = whole(T, trunc(x))
trunc(::Type{T}, x::BitFloat) where {T<:BitInteger} = (y = trunc_llvm(x); isfinite(y) && in_range(T, y) ? T(y) : throw(InexactError(:trunc, T, x)))
round(::Type{T}, x::Real) where {T} = whole(T, round(x))
round(::Type{T}, x::Real, mode::RoundingMode) where {T} = whole(T, round(x, mode))
whole(::Type{T}, x) where {T} = convert(T, x)
whole(::Type{T}, x::BitFloat) where {T<:BitInteger} = isfinite(x) && in_range(T, x) ? convert(T, x) : throw(InexactError(:trunc, T, x))
whole(::Type{Bool}, x::BitFloat) = x == 0 ? false : x == 1 ? true : throw(InexactError(:trunc, Bool, x))
whole(::Type{Integer}, x::BitFloat) = whole(Int64, x)
whole(::Type{Signed}, x::BitFloat) = whole(Int64, x)
whole(::Type{Unsigned}, x::BitFloat) = whole(UInt64, x)

# To so many digits behind the point, or in all; other modes than the nearest through `round`.
floor(x::Real; digits = nothing, sigdigits = nothing, base = nothing) = round_digits(x, RoundDown, digits, sigdigits, base)
ceil(x::Real; digits = nothing, sigdigits = nothing, base = nothing) = round_digits(x, RoundUp, digits, sigdigits, base)
trunc(x::Real; digits = nothing, sigdigits = nothing, base = nothing) = round_digits(x, RoundToZero, digits, sigdigits, base)
round(x::Real, mode::RoundingMode = RoundNearest; digits = nothing, sigdigits = nothing, base = nothing) = round_digits(x, mode, digits, sigdigits, base)
round_digits(x, mode, ::Nothing, ::Nothing, base) = round_whole(x, mode)
round_digits(x, mode, digits, sigdigits, base) = throw(ArgumentError("`round` cannot use both `digits` and `sigdigits` arguments."))
round_digits(x, mode, digits::Integer, ::Nothing, base) = isfinite(x) ? round_places(x, mode, digits, base === nothing ? 10 : base) : float(x)
function round_digits(x, mode, ::Nothing, sigdigits::Integer, base)
    isfinite(x) || return float(x)
    radix = base === nothing ? 10 : base
    return round_places(x, mode, sigdigits - leading_place(x, radix), radix)
end
round_whole(x::Real, mode) = throw(MethodError(round, (x, mode)))
round_whole(x::BitFloat, mode) = round(x, mode)
round_whole(x::Integer, mode) = x

# How many digits the whole part has; zero or less when leading zeros follow the point.
leading_place(x::Integer, base) = digit_count(x, base)
leading_place(x::Real, base) = iszero(x) ? 0 : 1 + floor(Int64, base == 10 ? log10(abs(float(x))) : base == 2 ? log2(abs(float(x))) : log(base, abs(float(x))))
function round_places(x, mode, digits, base)
    y = float(x)
    if digits >= 0
        factor = power_of(y, base, digits)
        r = round(y * factor, mode) / factor
        return isfinite(r) ? r : y
    end
    factor = power_of(y, base, -digits)
    r = round(y / factor, mode) * factor
    isfinite(r) && return r
    return y > 0 ? (mode === RoundUp ? infinity(typeof(y)) : zero(y)) : y < 0 ? (mode === RoundDown ? -infinity(typeof(y)) : -zero(y)) : y
end
power_of(y, base, n) = convert(typeof(y), convert(typeof(y), base)^n)

# The quotient of two integers, rounded.
round_quotient(x, y, ::RoundingMode{:ToZero}) = div(x, y)
round_quotient(x, y, ::RoundingMode{:Down}) = fld(x, y)
round_quotient(x, y, ::RoundingMode{:Up}) = cld(x, y)
round_quotient(x, y, ::RoundingMode{:FromZero}) = signbit(x) == signbit(y) ? cld(x, y) : fld(x, y)
round_quotient(x, y, mode::RoundingMode{:Nearest}) = nearest_quotient(x, y, q -> iseven(q))
round_quotient(x, y, mode::RoundingMode{:NearestTiesAway}) = nearest_quotient(x, y, q -> signbit(x) != signbit(y))
round_quotient(x, y, mode::RoundingMode{:NearestTiesUp}) = nearest_quotient(x, y, q -> false)
# `keeps` says of a tie whether the lower quotient is the one to take.
function nearest_quotient(x, y, keeps)
    q = fld(x, y)
    r = x - q * y
    rest = y - r
    is_above = signbit(y) ? r < rest : r > rest
    return is_above ? q + one(q) : r != rest || keeps(q) ? q : q + one(q)
end
div(x::Integer, y::Integer, mode::RoundingMode) = round_quotient(promote(x, y)..., mode)
div(x::Real, y::Real, ::RoundingMode{:ToZero}) = div(x, y)
div(x::Real, y::Real, ::RoundingMode{:Down}) = fld(x, y)
div(x::Real, y::Real, ::RoundingMode{:Up}) = cld(x, y)
div(x::BitFloat, y::BitFloat, mode::RoundingMode) = round((x - rem(x, y, mode)) / y)
rem(x::Integer, y::Integer, mode::RoundingMode) = x - y * div(x, y, mode)
rem(x::Real, y::Real, ::RoundingMode{:ToZero}) = rem(x, y)
rem(x::Real, y::Real, ::RoundingMode{:Down}) = mod(x, y)
rem(x::Real, y::Real, ::RoundingMode{:Up}) = mod(x, -y)
rem(x::Integer, y::Integer, ::RoundingMode{:ToZero}) = rem(x, y)
rem(x::Integer, y::Integer, ::RoundingMode{:Down}) = mod(x, y)
rem(x::Integer, y::Integer, ::RoundingMode{:Up}) = x - y * cld(x, y)
div(x::Integer, y::Integer, ::RoundingMode{:ToZero}) = div(x, y)
div(x::Integer, y::Integer, ::RoundingMode{:Down}) = fld(x, y)
div(x::Integer, y::Integer, ::RoundingMode{:Up}) = cld(x, y)
rem(x::T, y::T, ::RoundingMode{:Nearest}) where {T<:BitFloat} = nearest_remainder(x, y)
rem(x::BitFloat, y::Real, mode::RoundingMode{:Nearest}) = rem(promote(x, y)..., mode)
rem(x::Real, y::BitFloat, mode::RoundingMode{:Nearest}) = rem(promote(x, y)..., mode)
function nearest_remainder(x::T, y::T) where {T}
    isinf(y) && isfinite(x) && return x
    r = rem(x, y + y)
    a, b = abs(r), abs(y)
    isinf(y + y) && (r = rem(x, y); a = abs(r))
    # Twice the divisor told apart whether the quotient is odd: ties go to the even one.
    if a + a > b
        a -= b
        a + a >= b && (a -= b)
    end
    return iszero(a) ? copysign(a, x) : signbit(x) ? -a : a
end
divrem(x, y, mode::RoundingMode) = (div(x, y, mode), rem(x, y, mode))
