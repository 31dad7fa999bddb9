# Rounding and elementary functions.

const π = 3.141592653589793
const pi = π
const ℯ = 2.718281828459045

floor(x::Integer) = x
ceil(x::Integer) = x
trunc(x::Integer) = x
floor(::Type{T}, x::Real) where {T<:Integer} = whole(T, floor(x))
ceil(::Type{T}, x::Real) where {T<:Integer} = whole(T, ceil(x))
trunc(::Type{T}, x::Real) where {T<:Integer} = whole(T, trunc(x))
whole(::Type{T}, x) where {T} = convert(T, x)
whole(::Type{T}, x::BitFloat) where {T<:BitInteger} = isfinite(x) && in_range(T, x) ? convert(T, x) : throw(InexactError(:trunc, T, x))
round(::Type{T}, x::Real) where {T<:Integer} = whole(T, round(x))

# Without digits, one machine operation: more specific than the methods with keywords below.
floor(x::Float64) = floor_llvm(x)
floor(x::Float32) = floor_llvm(x)
ceil(x::Float64) = ceil_llvm(x)
ceil(x::Float32) = ceil_llvm(x)
trunc(x::Float64) = trunc_llvm(x)
trunc(x::Float32) = trunc_llvm(x)
round(x::Float64) = rint_llvm(x)
round(x::Float32) = rint_llvm(x)

# To so many digits behind the point, in base ten; ties go to the even digit, as the scaled number has them.
round(x::BitFloat; digits::Integer = 0) = scaled(rint_llvm, x, digits)
floor(x::BitFloat; digits::Integer = 0) = scaled(floor_llvm, x, digits)
ceil(x::BitFloat; digits::Integer = 0) = scaled(ceil_llvm, x, digits)
trunc(x::BitFloat; digits::Integer = 0) = scaled(trunc_llvm, x, digits)
round(x::Integer; digits::Integer = 0) = digits >= 0 ? x : div(x + sign(x) * div(10^(-digits), 2), 10^(-digits)) * 10^(-digits)
function scaled(f, x, digits)
    digits == 0 && return f(x)
    isfinite(x) || return x
    factor = convert(typeof(x), 10.0^abs(digits))
    y = digits > 0 ? f(x * factor) / factor : f(x / factor) * factor
    return isfinite(y) ? y : x
end

function sqrt(x::BitFloat)
    x < zero(x) && throw(DomainError(x, "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
    return sqrt_llvm(x)
end
sqrt(x::Real) = sqrt(float(x))

sin(x::Float64) = Core._sin(x)
cos(x::Float64) = Core._cos(x)
tan(x::Float64) = Core._tan(x)
asin(x::Float64) = Core._asin(x)
acos(x::Float64) = Core._acos(x)
atan(x::Float64) = Core._atan(x)
atan(y::Float64, x::Float64) = Core._atan2(y, x)
sinh(x::Float64) = Core._sinh(x)
cosh(x::Float64) = Core._cosh(x)
tanh(x::Float64) = Core._tanh(x)
exp(x::Float64) = Core._exp(x)
exp2(x::Float64) = Core._exp2(x)
cbrt(x::Float64) = Core._cbrt(x)
hypot(x::Float64, y::Float64) = Core._hypot(x, y)
function log(x::Float64)
    x < 0.0 && throw(DomainError(x, "log was called with a negative real argument but will only return a complex result if called with a complex argument. Try log(Complex(x))."))
    return Core._log(x)
end
log2(x::Float64) = Core._log2(x)
log10(x::Float64) = Core._log10(x)
sin(x::Real) = sin(convert(Float64, x))
cos(x::Real) = cos(convert(Float64, x))
tan(x::Real) = tan(convert(Float64, x))
asin(x::Real) = asin(convert(Float64, x))
acos(x::Real) = acos(convert(Float64, x))
atan(x::Real) = atan(convert(Float64, x))
atan(y::Real, x::Real) = atan(convert(Float64, y), convert(Float64, x))
sinh(x::Real) = sinh(convert(Float64, x))
cosh(x::Real) = cosh(convert(Float64, x))
tanh(x::Real) = tanh(convert(Float64, x))
exp(x::Real) = exp(convert(Float64, x))
exp2(x::Real) = exp2(convert(Float64, x))
cbrt(x::Real) = cbrt(convert(Float64, x))
hypot(x::Real, y::Real) = hypot(convert(Float64, x), convert(Float64, y))
log(x::Real) = log(convert(Float64, x))
log2(x::Real) = log2(convert(Float64, x))
log10(x::Real) = log10(convert(Float64, x))
log(b::Real, x::Real) = log(x) / log(b)

^(x::Float64, y::Float64) = Core._pow(x, y)
^(x::Real, y::BitFloat) = convert(Float64, x)^convert(Float64, y)
^(x::Float64, n::Int64) = n == 2 ? x * x : n == 3 ? x * x * x : Core._pow(x, convert(Float64, n))
^(x::Float32, n::Integer) = convert(Float32, convert(Float64, x)^n)
^(x::Float64, n::Integer) = x^convert(Int64, n)

log1p(x::Real) = (y = float(x); u = 1.0 + y; u == 1.0 ? y : log(u) * y / (u - 1.0))
expm1(x::Real) = (y = float(x); abs(y) < 1e-5 ? y + y * y / 2 : exp(y) - 1.0)
sincos(x::Real) = (sin(x), cos(x))
cot(x::Real) = 1.0 / tan(x)
sec(x::Real) = 1.0 / cos(x)
csc(x::Real) = 1.0 / sin(x)
deg2rad(x::Real) = x * (π / 180.0)
rad2deg(x::Real) = x * (180.0 / π)
inv(x::Real) = 1.0 / x
inv(x::Float32) = 1f0 / x

# A negative literal exponent gives a float, also of an integer.
literal_pow(::typeof(^), x::Number, ::Val{p}) where {p} = p < 0 ? inverse_power(x, p) : x^p
inverse_power(x, p) = p == -1 ? inv(x) : inv(x)^(-p)
