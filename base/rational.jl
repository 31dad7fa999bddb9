# Exact fractions of integers, always in lowest terms with a positive denominator; `1//0` is infinite.

struct Rational{T<:Integer} <: Real
    num::T
    den::T
    function Rational{T}(num::Integer, den::Integer) where {T<:Integer}
        n, d = lowest_terms(T(num), T(den))
        return new(n, d)
    end
    # The parts are in lowest terms already.
    Rational{T}(::Nothing, num, den) where {T<:Integer} = new(num, den)
end
function lowest_terms(n::T, d::T) where {T}
    iszero(n) && iszero(d) && throw(ArgumentError(string("invalid rational: zero(", T, ")//zero(", T, ")")))
    common = gcd(n, d)
    n = div(n, common)
    d = div(d, common)
    return signbit(d) ? (checked_neg(n), checked_neg(d)) : (n, d)
end
# Without their common factor; an error where both are zero.
without_factor(n, d) = (common = gcd(n, d); (div(n, common), div(d, common)))
exact_ratio(n::T, d::T) where {T<:Integer} = Rational{T}(nothing, n, d)
Rational(n::T, d::T) where {T<:Integer} = Rational{T}(n, d)
Rational(n::Integer, d::Integer) = Rational(promote(n, d)...)
Rational(n::Integer) = exact_ratio(n, one(n))
Rational(x::Rational) = x
Rational(x::BitFloat) = rational_of(Int64, x)
Rational{T}(x::Rational) where {T<:Integer} = exact_ratio(T(x.num), T(x.den))
Rational{T}(x::Rational{T}) where {T<:Integer} = x
Rational{T}(x::Integer) where {T<:Integer} = exact_ratio(T(x), one(T))
Rational{T}(x::BitFloat) where {T<:Integer} = rational_of(T, x)
# A float is a whole number over a power of two; where those are too large, some fraction that rounds to it may do.
function rational_of(::Type{T}, x) where {T}
    isinf(x) && return exact_ratio(x < 0 ? -one(T) : one(T), zero(T))
    iszero(x) && return exact_ratio(zero(T), one(T))
    isnan(x) && return exact_ratio(T(x), one(T))
    significant, scale = frexp(x)
    places = fraction_bits(typeof(x)) + 1
    whole = fptosi(Int64, ldexp(significant, places))
    zeros = trailing_zeros(whole)
    whole = whole >> zeros
    scale += zeros - places
    bits = 8 * sizeof(T) - (T <: Signed ? 1 : 0)
    digits = 64 - leading_zeros(abs(whole))
    fits = scale >= 0 ? scale + digits <= bits : -scale < bits && digits <= bits
    fits && return scale >= 0 ? exact_ratio(T(whole) << scale, one(T)) : exact_ratio(T(whole), one(T) << -scale)
    abs(x) < ldexp(one(x), bits) || throw(InexactError(:Rational, Rational{T}, x))
    found = rationalize(T, x, tol = 0)
    convert(typeof(x), found) == x || throw(InexactError(:Rational, Rational{T}, x))
    return found
end

//(n::Integer, d::Integer) = Rational(n, d)
function //(x::Rational, y::Integer)
    n, d = without_factor(promote(x.num, y)...)
    return signs_up(n, checked_mul(x.den, d))
end
function //(x::Integer, y::Rational)
    n, d = without_factor(promote(x, y.num)...)
    return signs_up(checked_mul(n, y.den), d)
end
function //(x::Rational, y::Rational)
    n1, n2 = without_factor(promote(x.num, y.num)...)
    d1, d2 = without_factor(promote(x.den, y.den)...)
    return signs_up(checked_mul(n1, d2), checked_mul(d1, n2))
end
signs_up(n, d) = (p = promote(n, d); signbit(p[2]) ? exact_ratio(checked_neg(p[1]), checked_neg(p[2])) : exact_ratio(p...))
//(x::AbstractArray, y::Number) = x .// y
numerator(x::Rational) = x.num
denominator(x::Rational) = x.den
numerator(x::Integer) = x
denominator(x::Integer) = one(x)

(::Type{T})(x::Rational) where {T<:BitFloat} = ratio_as_float(T, x.num, x.den)
# Both parts are exact as floats, or the quotient is taken of more digits than the float has.
function ratio_as_float(::Type{T}, n, d) where {T}
    iszero(d) && return n < 0 ? -infinity(T) : infinity(T)
    sizeof(n) <= 4 && return T(Float64(n) / Float64(d))
    abs(n) <= 9007199254740992 && d <= 9007199254740992 && (T === Float64 && return Float64(n) / Float64(d))
    return T(long_quotient(n, d))
end
long_quotient(n, d) = Float64(n) / Float64(d)
# Sixty-odd digits of the quotient, the last of them telling whether more follow.
function long_quotient(n::Union{Int64,UInt64}, d::Union{Int64,UInt64})
    a = convert(UInt128, abs(n))
    b = convert(UInt128, d)
    shift = leading_zeros(a) - leading_zeros(b) + 62
    scaled = shift >= 0 ? a << min(shift, leading_zeros(a)) : a
    used = shift >= 0 ? min(shift, leading_zeros(a)) : 0
    q = div(scaled, b)
    rem(scaled, b) != 0 && (q = q | 0x00000000000000000000000000000001)
    y = ldexp(Float64(q), -used)
    return n < 0 ? -y : y
end
function (::Type{T})(x::Rational) where {T<:BitInteger}
    isone(x.den) || throw(InexactError(nameof_type(T), T, x))
    return T(x.num)
end
Bool(x::Rational) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
Integer(x::Rational) = isone(x.den) ? x.num : throw(InexactError(:Integer, Integer, x))
float(x::Rational) = convert(float(typeof(x)), x)
float(::Type{Rational{T}}) where {T<:Integer} = float(T)
promote_rule(::Type{Rational{S}}, ::Type{T}) where {S<:Integer,T<:Integer} = Rational{promote_type(S, T)}
promote_rule(::Type{Rational{S}}, ::Type{Rational{T}}) where {S<:Integer,T<:Integer} = Rational{promote_type(S, T)}
promote_rule(::Type{T}, ::Type{Rational{S}}) where {S<:Integer,T<:AbstractFloat} = promote_type(S, T)
widen(::Type{Rational{T}}) where {T} = Rational{widen(T)}

+(x::Rational, y::Rational) = sum_of_ratios(checked_add, promote(x, y)...)
-(x::Rational, y::Rational) = sum_of_ratios(checked_sub, promote(x, y)...)
function sum_of_ratios(f, x, y)
    # The common part of the denominators is multiplied once.
    xd, yd = without_factor(x.den, y.den)
    return Rational(f(checked_mul(x.num, yd), checked_mul(y.num, xd)), checked_mul(x.den, yd))
end
+(x::Rational, y::Integer) = whole_added(checked_add(x.num, checked_mul(x.den, y)), x.den)
+(x::Integer, y::Rational) = y + x
-(x::Rational, y::Integer) = whole_added(checked_sub(x.num, checked_mul(x.den, y)), x.den)
-(x::Integer, y::Rational) = whole_added(checked_sub(checked_mul(y.den, x), y.num), y.den)
whole_added(n, d) = exact_ratio(promote(n, d)...)
function *(x::Rational, y::Rational)
    a, b = promote(x, y)
    n1, d2 = without_factor(a.num, b.den)
    n2, d1 = without_factor(b.num, a.den)
    return signs_up(checked_mul(n1, n2), checked_mul(d1, d2))
end
*(x::Rational, y::Integer) = x * Rational(y)
*(x::Integer, y::Rational) = Rational(x) * y
*(x::Bool, y::Rational) = x ? y : zero(y)
*(x::Rational, y::Bool) = y * x
/(x::Rational, y::Rational) = x // y
/(x::Rational, y::Integer) = x // y
/(x::Integer, y::Rational) = x // y
-(x::Rational) = exact_ratio(checked_neg(x.num), x.den)
-(x::Rational{T}) where {T<:BitUnsigned} = iszero(x.num) ? x : throw(OverflowError("cannot negate unsigned number"))
+(x::Rational) = exact_ratio(+x.num, x.den)
inv(x::Rational) = signs_up(x.den, x.num)
abs(x::Rational) = exact_ratio(checked_abs(x.num), x.den)
sign(x::Rational) = oftype(x, sign(x.num))
signbit(x::Rational) = signbit(x.num)
copysign(x::Rational, y::Real) = signbit(x) == signbit(y) ? x : -x
flipsign(x::Rational, y::Real) = signbit(y) ? -x : x
muladd(x::Rational, y::Rational, z::Rational) = x * y + z
fma(x::T, y::T, z::T) where {T<:Rational} = x * y + z

==(x::Rational, y::Rational) = x.num == y.num && x.den == y.den
==(x::T, y::T) where {T<:Rational} = x.num == y.num && x.den == y.den
==(x::Rational, y::Integer) = x.num == y && isone(x.den)
==(x::Integer, y::Rational) = y == x
# A float equals a fraction only where the denominator is a power of two.
==(x::Rational, y::BitFloat) = isone(x.den) ? x.num == y : iszero(x.den) ? isinf(y) && signbit(y) == signbit(x) : ispow2(x.den) && convert(typeof(y), x) == y && exact_as(x, y)
==(x::BitFloat, y::Rational) = y == x
exact_as(x, y) = y * x.den == x.num
<(x::Rational, y::Rational) = is_less_ratio(promote(x, y)...)
<=(x::Rational, y::Rational) = !is_less_ratio(promote(y, x)...)
is_less_ratio(x, y) = x.den == y.den ? x.num < y.num : iszero(x.den) || iszero(y.den) ? (iszero(x.den) ? signbit(x.num) && !(iszero(y.den) && signbit(y.num)) : !signbit(y.num)) : is_less_product(x, y)
is_less_product(x, y) = widemul(x.num, y.den) < widemul(x.den, y.num)
function is_less_product(x::Rational{T}, y::Rational{T}) where {T<:Union{Int128,UInt128}}
    # No type is wide enough for the products: by whole parts, then by what is left, turned over.
    p, q = fld(x.num, x.den), fld(y.num, y.den)
    p == q || return p < q
    a, b = mod(x.num, x.den), mod(y.num, y.den)
    iszero(b) && return false
    iszero(a) && return true
    return is_less_product(exact_ratio(y.den, b), exact_ratio(x.den, a))
end
<(x::Rational, y::Integer) = isone(x.den) || iszero(x.den) ? (iszero(x.den) ? signbit(x.num) : x.num < y) : fld(x.num, x.den) < y
<(x::Integer, y::Rational) = isone(y.den) || iszero(y.den) ? (iszero(y.den) ? !signbit(y.num) : x < y.num) : x < cld(y.num, y.den)
<=(x::Rational, y::Integer) = !(y < x)
<=(x::Integer, y::Rational) = !(y < x)
<(x::Rational, y::BitFloat) = isnan(y) ? false : compared_exactly(<, x, y)
<(x::BitFloat, y::Rational) = isnan(x) ? false : compared_exactly((a, b) -> b < a, y, x)
<=(x::Rational, y::BitFloat) = isnan(y) ? false : compared_exactly(<=, x, y)
<=(x::BitFloat, y::Rational) = isnan(x) ? false : compared_exactly((a, b) -> b <= a, y, x)
# Rounding keeps order; where the rounded fraction equals the float, the product with the denominator decides.
function compared_exactly(f, x, y)
    r = convert(typeof(y), x)
    r == y && isfinite(y) && !iszero(x.den) || return f(r, y)
    product = Float64(y) * Float64(x.den)
    rest = fma(Float64(y), Float64(x.den), -product)
    return x.num == product ? f(0.0, rest) : f(x.num, product)
end

isinteger(x::Rational) = isone(x.den)
isfinite(x::Rational) = !iszero(x.den)
isnan(x::Rational) = false
iszero(x::Rational) = iszero(x.num)
isone(x::Rational) = isone(x.num) && isone(x.den)
zero(::Type{Rational{T}}) where {T} = exact_ratio(zero(T), one(T))
one(::Type{Rational{T}}) where {T} = exact_ratio(one(T), one(T))
typemin(::Type{Rational{T}}) where {T<:BitSigned} = exact_ratio(-one(T), zero(T))
typemin(::Type{Rational{T}}) where {T<:BitUnsigned} = exact_ratio(zero(T), one(T))
typemax(::Type{Rational{T}}) where {T<:Integer} = exact_ratio(one(T), zero(T))

round_whole(x::Rational, mode) = round_ratio(typeof(x), x, mode)
round_ratio(::Type{T}, x, mode) where {T} = iszero(x.den) ? x : T(round_quotient(x.num, x.den, mode))
floor(::Type{T}, x::Rational) where {T} = whole_ratio(T, x, RoundDown)
ceil(::Type{T}, x::Rational) where {T} = whole_ratio(T, x, RoundUp)
trunc(::Type{T}, x::Rational) where {T} = whole_ratio(T, x, RoundToZero)
round(::Type{T}, x::Rational) where {T} = whole_ratio(T, x, RoundNearest)
round(::Type{T}, x::Rational, mode::RoundingMode) where {T} = whole_ratio(T, x, mode)
whole_ratio(::Type{T}, x, mode) where {T} = convert(T, round_whole(x, mode))
whole_ratio(::Type{T}, x, mode) where {T<:Integer} = iszero(x.den) ? throw(DivideError()) : convert(T, round_quotient(x.num, x.den, mode))
function div(x::Rational, y::Rational)
    n1, n2 = without_factor(promote(x.num, y.num)...)
    d1, d2 = without_factor(promote(x.den, y.den)...)
    return div(checked_mul(n1, d2), checked_mul(d1, n2))
end
div(x::Rational, y::Integer) = div(x, Rational(y))
div(x::Integer, y::Rational) = div(Rational(x), y)
fld(x::Rational, y::Rational) = (q = x // y; fld(q.num, q.den))
fld(x::Rational, y::Integer) = fld(x, Rational(y))
fld(x::Integer, y::Rational) = fld(Rational(x), y)
cld(x::Rational, y::Rational) = (q = x // y; cld(q.num, q.den))
cld(x::Rational, y::Integer) = cld(x, Rational(y))
cld(x::Integer, y::Rational) = cld(Rational(x), y)
rem(x::Rational, y::Rational) = x - y * div(x, y)
mod(x::Rational, y::Rational) = x - y * fld(x, y)
rem(x::Rational, y::Integer) = rem(x, Rational(y))
rem(x::Integer, y::Rational) = rem(Rational(x), y)
mod(x::Rational, y::Integer) = mod(x, Rational(y))
mod(x::Integer, y::Rational) = mod(Rational(x), y)
gcd(x::Rational, y::Rational) = gcd(x.num, y.num) // lcm(x.den, y.den)
lcm(x::Rational, y::Rational) = lcm(x.num, y.num) // gcd(x.den, y.den)

^(x::Rational, n::Integer) = n >= 0 ? power_by_squaring(x, n) : power_by_squaring(inv(x), -n)
^(x::Number, y::Rational) = x^float(y)
^(x::BitFloat, y::Rational) = x^oftype(x, y)
^(x::Rational, y::Rational) = float(x)^float(y)
^(x::Integer, y::Rational) = float(x)^float(y)
^(x::Rational, y::BitFloat) = oftype(y, x)^y
^(x::Rational, n::Bool) = n ? x : one(x)

# The simplest fraction within the tolerance: the continued fraction, as far as needed.
rationalize(x::AbstractFloat; tol::Real = eps(x)) = rationalize(Int64, x, tol = tol)
rationalize(x::Real; tol::Real = 0) = Rational(x)
rationalize(::Type{T}, x::Rational; tol::Real = 0) where {T<:Integer} = tol == 0 ? Rational{T}(x) : simplest_ratio(T, x, tol)
rationalize(::Type{T}, x::Integer; tol::Real = 0) where {T<:Integer} = Rational{T}(x)
function rationalize(::Type{T}, x::AbstractFloat; tol::Real = eps(x)) where {T<:Integer}
    tol < 0 && throw(ArgumentError("negative tolerance $tol"))
    isnan(x) && return T(x) // one(T)
    isinf(x) && return exact_ratio(x < 0 ? -one(T) : one(T), zero(T))
    return simplest_ratio(T, x, tol)
end
function simplest_ratio(::Type{T}, x, tol) where {T}
    target = abs(x)
    n0, n1 = zero(T), one(T)
    d0, d1 = one(T), zero(T)
    rest = target
    while true
        whole = trunc(T, rest)
        n2, overflowed = next_part(whole, n1, n0)
        d2, overflowed2 = next_part(whole, d1, d0)
        (overflowed | overflowed2) && break
        if is_within(n2, d2, target, tol)
            # Fewer than `whole` steps may do as well.
            few, many = zero(T), whole
            while many - few > one(T)
                middle = few + div(many - few, T(2))
                is_within(middle * n1 + n0, middle * d1 + d0, target, tol) ? (many = middle) : (few = middle)
            end
            n1, d1 = many * n1 + n0, many * d1 + d0
            break
        end
        n0, n1 = n1, n2
        d0, d1 = d1, d2
        rest -= oftype(rest, whole)
        iszero(rest) && break
        rest = inv(rest)
        rest >= oftype(rest, typemax(T)) && break
    end
    return exact_ratio(signbit(x) ? -n1 : n1, d1)
end
is_within(n, d, target, tol) = !iszero(d) && abs(oftype(target, n) / oftype(target, d) - target) <= tol
function next_part(whole, last, before)
    product, overflowed = mul_with_overflow(whole, last)
    total, overflowed2 = add_with_overflow(product, before)
    return (total, overflowed | overflowed2)
end

show(io::IO, x::Rational) = (show(io, x.num); print(io, "//"); show(io, x.den))
