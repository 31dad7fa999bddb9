# Complex numbers: two real ones. What is a branch cut in the plane follows the sign of zero.

struct Complex{T<:Real} <: Number
    re::T
    im::T
end
Complex(x::Real, y::Real) = Complex(promote(x, y)...)
Complex(x::Real) = Complex(x, zero(x))
Complex(z::Complex) = z
Complex{T}(x::Real) where {T<:Real} = Complex{T}(x, zero(T))
Complex{T}(z::Complex) where {T<:Real} = Complex{T}(real(z), imag(z))
Complex{T}(z::Complex{T}) where {T<:Real} = z
const im = Complex(false, true)
const ComplexF64 = Complex{Float64}
const ComplexF32 = Complex{Float32}
const ComplexF16 = Complex{Float16}

(::Type{T})(z::Complex) where {T<:Real} = isreal(z) ? T(real(z))::T : throw(InexactError(nameof_type(T), T, z))
promote_rule(::Type{Complex{T}}, ::Type{S}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
promote_rule(::Type{Complex{T}}, ::Type{Complex{S}}) where {T<:Real,S<:Real} = Complex{promote_type(T, S)}
promote_rule(::Type{Bool}, ::Type{Complex{T}}) where {T<:Real} = Complex{promote_type(Bool, T)}
widen(::Type{Complex{T}}) where {T} = Complex{widen(T)}
float(::Type{Complex{T}}) where {T<:Real} = Complex{float(T)}
float(z::Complex) = Complex(float(z.re), float(z.im))

real(z::Complex) = z.re
imag(z::Complex) = z.im
real(x::Real) = x
imag(x::Real) = zero(x)
real(::Type{T}) where {T<:Real} = T
real(::Type{Complex{T}}) where {T<:Real} = T
reim(z::Number) = (real(z), imag(z))
float(a::AbstractArray{<:AbstractFloat}) = a
float(a::AbstractArray) = map(float, a)
real(a::AbstractArray) = map(real, a)
imag(a::AbstractArray) = map(imag, a)
conj(z::Complex) = Complex(z.re, -z.im)
conj(x::Real) = x
conj(a::AbstractArray) = map(conj, a)
complex(x::Real, y::Real) = Complex(x, y)
complex(x::Real) = Complex(x)
complex(z::Complex) = z
complex(::Type{T}) where {T<:Real} = Complex{T}
complex(::Type{Complex{T}}) where {T<:Real} = Complex{T}

isreal(z::Complex) = iszero(z.im)
isinteger(z::Complex) = isreal(z) && isinteger(z.re)
isfinite(z::Complex) = isfinite(z.re) && isfinite(z.im)
isnan(z::Complex) = isnan(z.re) || isnan(z.im)
isinf(z::Complex) = isinf(z.re) || isinf(z.im)
iszero(z::Complex) = iszero(z.re) && iszero(z.im)
isone(z::Complex) = isone(z.re) && iszero(z.im)
zero(::Type{Complex{T}}) where {T<:Real} = Complex{T}(zero(T), zero(T))
one(::Type{Complex{T}}) where {T<:Real} = Complex{T}(one(T), zero(T))
flipsign(z::Complex, y::Real) = signbit(y) ? -z : z

==(z::Complex, w::Complex) = z.re == w.re && z.im == w.im
==(z::T, w::T) where {T<:Complex} = z.re == w.re && z.im == w.im
==(z::Complex, x::Real) = isreal(z) && z.re == x
==(x::Real, z::Complex) = z == x
==(z::Complex, x::AbstractIrrational) = false
==(x::AbstractIrrational, z::Complex) = false
isequal(z::Complex, w::Complex) = isequal(z.re, w.re) && isequal(z.im, w.im)
isequal(z::Complex, x::Real) = isequal(z.re, x) && isequal(z.im, zero(z.im))
isequal(x::Real, z::Complex) = isequal(z, x)
hash(z::Complex, h::UInt64) = isequal(z.im, zero(z.im)) ? hash(z.re, h) : hash(z.re, hash(z.im, h + 0x32a7a07f3e7cd1f9))

+(z::Complex) = Complex(+z.re, +z.im)
-(z::Complex) = Complex(-z.re, -z.im)
+(z::Complex, w::Complex) = Complex(z.re + w.re, z.im + w.im)
-(z::Complex, w::Complex) = Complex(z.re - w.re, z.im - w.im)
*(z::Complex, w::Complex) = Complex(z.re * w.re - z.im * w.im, z.re * w.im + z.im * w.re)
# A real number has no imaginary part, not one of zero: the other's sign stays.
+(z::Complex, x::Real) = Complex(z.re + x, z.im)
+(x::Real, z::Complex) = Complex(x + z.re, z.im)
-(z::Complex, x::Real) = Complex(z.re - x, z.im)
-(x::Real, z::Complex) = Complex(x - z.re, -z.im)
*(z::Complex, x::Real) = Complex(z.re * x, z.im * x)
*(x::Real, z::Complex) = Complex(x * z.re, x * z.im)
/(z::Complex, x::Real) = Complex(z.re / x, z.im / x)
/(x::Real, z::Complex) = (p = promote(x, z); real(p[1]) * inv(p[2]))
# The imaginary unit has a real part of `false`, a strong zero.
+(z::Complex{Bool}, w::Complex{Bool}) = Complex(z.re + w.re, z.im + w.im)
+(z::Complex{Bool}, x::Bool) = Complex(z.re + x, z.im + false)
+(x::Bool, z::Complex{Bool}) = z + x
+(z::Complex{Bool}, x::Real) = Complex(z.re + x, oftype(x, z.im))
+(x::Real, z::Complex{Bool}) = z + x
-(x::Real, z::Complex{Bool}) = Complex(x - z.re, -oftype(x, z.im))
-(x::Bool, z::Complex{Bool}) = Complex(x - z.re, false - z.im)
-(z::Complex{Bool}, x::Real) = Complex(z.re - x, oftype(x, z.im))
-(z::Complex{Bool}, x::Bool) = Complex(z.re - x, z.im + false)
+(x::Bool, z::Complex) = Complex(x + z.re, z.im)
+(z::Complex, x::Bool) = Complex(z.re + x, z.im)
-(x::Bool, z::Complex) = Complex(x - z.re, -z.im)
-(z::Complex, x::Bool) = Complex(z.re - x, z.im)
+(x::AbstractIrrational, z::Complex{Bool}) = float(x) + z
+(z::Complex{Bool}, x::AbstractIrrational) = z + float(x)
-(x::AbstractIrrational, z::Complex{Bool}) = float(x) - z
-(z::Complex{Bool}, x::AbstractIrrational) = z - float(x)
*(x::Bool, z::Complex{Bool}) = Complex(x & z.re, x & z.im)
*(z::Complex{Bool}, x::Bool) = x * z
*(x::Bool, z::Complex) = Complex(x * z.re, x * z.im)
*(z::Complex, x::Bool) = x * z
*(x::Real, z::Complex{Bool}) = Complex(x * z.re, x * z.im)
*(z::Complex{Bool}, x::Real) = x * z
/(z::Complex, w::Complex) = divided(promote(z, w)...)
/(z::T, w::T) where {T<:Complex} = divided(z, w)
function divided(z::Complex{T}, w::Complex{T}) where {T<:Real}
    a, b = z.re, z.im
    c, d = w.re, w.im
    if abs(c) <= abs(d)
        r = c / d
        den = d + c * r
        return Complex((a * r + b) / den, (b * r - a) / den)
    end
    r = d / c
    den = c + d * r
    return Complex((a + b * r) / den, (b - a * r) / den)
end
# Narrow floats have room in Float64.
function divided(z::Complex{T}, w::Complex{T}) where {T<:Union{Float16,Float32}}
    a, b = Float64(z.re), Float64(z.im)
    c, d = Float64(w.re), Float64(w.im)
    size = inv(c * c + d * d)
    return Complex{T}((a * c + b * d) * size, (b * c - a * d) * size)
end
# The parts are scaled by the larger part of the divisor, so that no square overflows.
function divided(z::Complex{Float64}, w::Complex{Float64})
    a, b = z.re, z.im
    c, d = w.re, w.im
    if isinf(c) | isinf(d)
        isfinite(z) && return Complex(zero(a) * sign(a) * sign(c), -zero(b) * sign(b) * sign(d))
        return Complex(NaN, NaN)
    end
    scale = 1.0
    largest = max(abs(a), abs(b))
    divisor = max(abs(c), abs(d))
    if largest >= 8.98846567431158e307
        a, b, scale = a * 0.5, b * 0.5, scale * 2.0
    end
    if divisor >= 8.98846567431158e307
        c, d, scale = c * 0.5, d * 0.5, scale * 0.5
    end
    if largest <= 2.004168360008973e-292
        a, b, scale = a * 4.056481920730334e31, b * 4.056481920730334e31, scale / 4.056481920730334e31
    end
    if divisor <= 2.004168360008973e-292
        c, d, scale = c * 4.056481920730334e31, d * 4.056481920730334e31, scale * 4.056481920730334e31
    end
    p, q = abs(d) <= abs(c) ? smith(a, b, c, d) : flipped(smith(b, a, d, c))
    return Complex(p * scale, q * scale)
end
flipped(t) = (t[1], -t[2])
function smith(a, b, c, d)
    r = d / c
    t = 1.0 / (c + d * r)
    return (smith_part(a, b, c, d, r, t), smith_part(b, -a, c, d, r, t))
end
function smith_part(a, b, c, d, r, t)
    iszero(r) && return (a + d * (b / c)) * t
    br = b * r
    return iszero(br) ? a * t + (b * t) * r : (a + br) * t
end
inv(z::Complex) = conj(z) / abs2(z)
inv(z::Complex{<:Integer}) = inv(float(z))
inv(z::Complex{<:Rational}) = conj(z) // abs2(z)
inv(z::Complex{<:Union{Float16,Float32}}) = oftype(z, conj(Complex{Float64}(z)) / abs2(Complex{Float64}(z)))
function inv(z::Complex{Float64})
    c, d = z.re, z.im
    (isinf(c) | isinf(d)) && return Complex(copysign(0.0, c), flipsign(-0.0, d))
    # Of a size whose square is neither too large nor too small.
    largest = max(abs(c), abs(d))
    scale = 1.0
    if largest > 1.0e300
        c, d, scale = c * 1.4916681462400413e-154, d * 1.4916681462400413e-154, 1.4916681462400413e-154
    elseif largest < 1.0e-290
        c, d, scale = c * 6.703903964971298e153, d * 6.703903964971298e153, 6.703903964971298e153
    end
    if abs(d) <= abs(c)
        r = d / c
        t = scale / (c + d * r)
        return Complex(t, -r * t)
    end
    r = c / d
    t = scale / (c * r + d)
    return Complex(r * t, -t)
end
//(z::Complex, x::Real) = Complex(z.re // x, z.im // x)
//(x::Number, z::Complex) = Complex(real(x), imag(x)) * conj(z) // abs2(z)
muladd(z::Complex, w::Complex, x::Complex) = z * w + x
div(z::Complex, x::Real) = throw(MethodError(div, (z, x)))

abs(z::Complex) = hypot(z.re, z.im)
abs2(z::Complex) = z.re * z.re + z.im * z.im
angle(z::Complex) = atan(z.im, z.re)
angle(x::Real) = atan(zero(x), x)
arg_of(z) = angle(z)
sign(z::Complex) = iszero(z) ? z : z / abs(z)
cis(x::Real) = ((s, c) = sincos(float(x)); Complex(c, s))
cis(z::Complex) = exp(-z.im) * cis(z.re)
cispi(x::Real) = Complex(cospi(x), sinpi(x))

sqrt(z::Complex) = sqrt(float(z))
function sqrt(z::Complex{<:AbstractFloat})
    x, y = z.re, z.im
    iszero(z) && return Complex(zero(x), y)
    isinf(y) && return Complex(oftype(x, Inf), y)
    if isnan(x) || isnan(y) || isinf(x)
        isinf(x) || return Complex(oftype(x, NaN), oftype(x, NaN))
        return x > 0 ? Complex(x, isnan(y) ? y : copysign(zero(y), y)) : Complex(isnan(y) ? y : zero(x), copysign(oftype(x, Inf), y))
    end
    # Scaled by a power of four where a square would leave the range.
    k = 0
    size = scale_of(max(abs(x), abs(y)))
    if abs(size) > div(exponent_bias(typeof(x)), 4)
        k = size >> 1
        x, y = ldexp(x, -2k), ldexp(y, -2k)
    end
    r = sqrt((abs(x) + root_of_squares(x, y)) / 2)
    small = y / r / 2
    r, small = ldexp(r, k), ldexp(small, k)
    x >= 0 && return Complex(r, small)
    return Complex(abs(small), copysign(r, y))
end
root_of_squares(x, y) = sqrt(x * x + y * y)
cbrt(z::Complex) = throw(MethodError(cbrt, (z,)))
exp(z::Complex) = exp(float(z))
function exp(z::Complex{<:AbstractFloat})
    x, y = z.re, z.im
    if isnan(x)
        return Complex(x, iszero(y) ? y : x)
    elseif !isfinite(y)
        x == oftype(x, Inf) && return Complex(-x, oftype(y, NaN))
        x == -oftype(x, Inf) && return Complex(-zero(x), copysign(zero(y), y))
        return Complex(oftype(x, NaN), oftype(x, NaN))
    end
    e = exp(x)
    iszero(y) && return Complex(e, y)
    return Complex(e * cos(y), e * sin(y))
end
expm1(z::Complex) = (w = float(z); s = sin(w.im / 2); Complex(expm1(w.re) - 2 * exp(w.re) * s * s, exp(w.re) * sin(w.im)))
exp2(z::Complex) = exp(z * log(oftype(float(z.re), 2)))
exp10(z::Complex) = exp(z * log(oftype(float(z.re), 10)))
log(z::Complex) = log(float(z))
function log(z::Complex{<:AbstractFloat})
    a, b = abs(z.re), abs(z.im)
    a < b && ((a, b) = (b, a))
    angle_of = atan(z.im, z.re)
    # Near the unit circle the logarithm of the size is small: from what is left when one is taken away.
    if 0.5 <= a * a + b * b <= 3.0 && isfinite(a)
        return Complex(log1p((a - 1) * (a + 1) + b * b) / 2, angle_of)
    end
    return Complex(log(hypot(a, b)), angle_of)
end
log2(z::Complex) = log(z) / log(oftype(float(z.re), 2))
log10(z::Complex) = log(z) / log(oftype(float(z.re), 10))
log1p(z::Complex) = log(1 + z)
sin(z::Complex) = ((s, c) = quiet_sincos(float(z.re)); Complex(s * cosh(z.im), c * sinh(z.im)))
cos(z::Complex) = ((s, c) = quiet_sincos(float(z.re)); Complex(c * cosh(z.im), -s * sinh(z.im)))
# Of an infinite angle, no number.
quiet_sincos(x) = isinf(x) ? (oftype(x, NaN), oftype(x, NaN)) : (sin(x), cos(x))
sinh(z::Complex) = (w = sin(Complex(z.im, z.re)); Complex(w.im, w.re))
cosh(z::Complex) = cos(Complex(z.im, -z.re))
tan(z::Complex) = (w = tanh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
tanh(z::Complex) = tanh(float(z))
function tanh(z::Complex{<:AbstractFloat})
    x, y = z.re, z.im
    abs(x) > 20 && return Complex(copysign(one(x), x), 4 * sin(y) * cos(y) * exp(-2 * abs(x)))
    t, s = tan(y), sinh(x)
    b = 1 + t * t
    r = sqrt(1 + s * s)
    d = 1 + b * s * s
    return Complex(b * r * s / d, t / d)
end
function asin(z::Complex)
    w = float(z)
    a, b = sqrt(1 - w), sqrt(1 + w)
    return Complex(atan(w.re, real(a * b)), asinh(imag(conj(a) * b)))
end
function acos(z::Complex)
    w = float(z)
    a, b = sqrt(1 - w), sqrt(1 + w)
    return Complex(2 * atan(a.re, b.re), asinh(imag(conj(b) * a)))
end
atan(z::Complex) = (w = atanh(Complex(-z.im, z.re)); Complex(w.im, -w.re))
asinh(z::Complex) = (w = asin(Complex(-z.im, z.re)); Complex(w.im, -w.re))
function acosh(z::Complex)
    w = float(z)
    a, b = sqrt(w - 1), sqrt(w + 1)
    return Complex(asinh(real(conj(a) * b)), 2 * atan(a.im, b.re))
end
function atanh(z::Complex)
    w = float(z)
    x, y = w.re, w.im
    return Complex(log1p(4 * x / ((1 - x)^2 + y * y)) / 4, atan(2 * y, (1 - x) * (1 + x) - y * y) / 2)
end
sincos(z::Complex) = (sin(z), cos(z))
sinpi(z::Complex) = Complex(sinpi(z.re) * cosh(pi * z.im), cospi(z.re) * sinh(pi * z.im))
cospi(z::Complex) = Complex(cospi(z.re) * cosh(pi * z.im), -sinpi(z.re) * sinh(pi * z.im))

^(z::Complex, n::Integer) = n >= 0 ? power_by_squaring(z, n) : power_by_squaring(inv(z), -n)
^(z::Complex{Bool}, n::Integer) = Complex{Int64}(z)^n
^(z::Complex{<:AbstractFloat}, n::Bool) = n ? z : one(z)
^(z::Complex{<:Integer}, n::Integer) = n >= 0 ? power_by_squaring(z, n) : isone(abs2(z)) ? power_by_squaring(conj(z), -n) : throw(DomainError(n, power_error(n)))
literal_pow(::typeof(^), z::Complex{<:Integer}, ::Val{p}) where {p} = p < 0 ? inv(z)^(-p) : z^p
^(z::Complex, w::Complex) = complex_power(promote(float(z), float(w))...)
^(z::Complex, x::BitFloat) = complex_power_real(float(z), x)
^(z::Complex, x::Rational) = z^float(x)
^(z::Complex, x::AbstractIrrational) = z^float(x)
^(x::Real, z::Complex) = (p = promote(Complex(x), z); power_of_real(float(p[1]), float(p[2])))
function power_of_real(x, w)
    (iszero(x) || x.re < 0) && return complex_power(x, w)
    r, t = x.re^w.re, w.im * log(x.re)
    return Complex(r * cos(t), r * sin(t))
end
^(::Irrational{:ℯ}, z::Complex) = exp(z)
function complex_power(z, w)
    iszero(w) && return one(z)
    isreal(w) && return complex_power_real(z, w.re)
    iszero(z) && return w.re > 0 ? zero(z) : Complex(oftype(z.re, NaN), oftype(z.re, NaN))
    if isreal(z) && z.re > 0
        r, t = z.re^w.re, w.im * log(z.re)
        return Complex(r * cos(t), r * sin(t))
    end
    return exp(w * log(z))
end
function complex_power_real(z, x)
    isinteger(x) && abs(x) <= 1024 && return z^convert(Int64, x)
    iszero(z) && return x > 0 ? complex(zero(z)) : Complex(oftype(z.re, NaN), oftype(z.re, NaN))
    r, t = abs(z)^x, x * angle(z)
    isreal(z) && z.re >= 0 && return Complex(z.re^x, zero(z.im))
    isreal(z) && return Complex(r * cospi(x), flipsign(r * sinpi(x), z.im))
    return Complex(r * cos(t), r * sin(t))
end

round(z::Complex; digits = nothing, sigdigits = nothing, base = nothing) =
    Complex(round_digits(z.re, RoundNearest, digits, sigdigits, base), round_digits(z.im, RoundNearest, digits, sigdigits, base))

# `1 + 2im`, `0.0 - 1.0im`, `NaN + NaN*im`, `Complex(true,false)`.
function show(io::IO, z::Complex)
    r, i = z.re, z.im
    show(io, r)
    is_negative = signbit(i) && !isnan(i)
    print(io, is_negative ? " - " : " + ")
    show(io, is_negative ? -i : i)
    print(io, is_plain_number(i) ? "im" : "*im")
end
show(io::IO, z::Complex{Bool}) = print(io, z == im ? "im" : string("Complex(", z.re, ",", z.im, ")"))
is_plain_number(i::Integer) = !(i isa Bool)
is_plain_number(i::AbstractFloat) = isfinite(i)
is_plain_number(i) = false
