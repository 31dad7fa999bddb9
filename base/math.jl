# The elementary functions of real numbers. Each is computed in double precision, by the mathematics library; narrower
# floats get the result rounded.

literal_power_of(x, ::Val{0}) = one(x)
literal_power_of(x, ::Val{1}) = x
literal_power_of(x, ::Val{2}) = x * x
literal_power_of(x, ::Val{3}) = x * x * x
literal_power_of(x, ::Val{p}) where {p} = p < 0 ? inverse_power(x, p) : x^p
# A negative literal exponent gives a float, also of an integer.
literal_pow(::typeof(^), x::Union{BitFloat,BitInteger}, p::Val) = literal_power_of(x, p)
literal_pow(::typeof(^), x::Number, ::Val{p}) where {p} = p < 0 ? inverse_power(x, p) : x^p
inverse_power(x, p) = p == -1 ? inv(x) : inv(x)^(-p)
inverse_power(x::BitFloat, p) = p == -1 ? inv(x) : p == -2 ? (y = inv(x); y * y) : x^p
inverse_power(x::BitInteger, p) = p == -1 ? inv(x) : float(x)^p
inv(x::Number) = one(x) / x
inv(x::Integer) = float(one(x)) / float(x)

complex_only(name, x) = throw(DomainError(x, string(name, " was called with a negative real argument but will only return a complex result if called with a complex argument. Try ", name, "(Complex(x)).")))
function sqrt(x::BitFloat)
    x < zero(x) && complex_only("sqrt", x)
    return sqrt_llvm(x)
end
sqrt(x::Real) = sqrt(float(x))
const √ = sqrt

# The functions of one argument: Float64 by the library, other floats through it, other numbers as floats.
sin(x::Float64) = isinf(x) ? throw(DomainError(x, "sin(x) is only defined for finite x.")) : Core._sin(x)
cos(x::Float64) = isinf(x) ? throw(DomainError(x, "cos(x) is only defined for finite x.")) : Core._cos(x)
tan(x::Float64) = isinf(x) ? throw(DomainError(x, "tan(x) is only defined for finite x.")) : Core._tan(x)
asin(x::Float64) = abs(x) > 1.0 ? throw(DomainError(x, "asin(x) is not defined for |x| > 1.")) : Core._asin(x)
acos(x::Float64) = abs(x) > 1.0 ? throw(DomainError(x, "acos(x) not defined for |x| > 1")) : Core._acos(x)
atan(x::Float64) = Core._atan(x)
sinh(x::Float64) = Core._sinh(x)
cosh(x::Float64) = Core._cosh(x)
tanh(x::Float64) = Core._tanh(x)
asinh(x::Float64) = Core._asinh(x)
acosh(x::Float64) = x < 1.0 ? throw(DomainError(x, "acosh(x) is only defined for x ≥ 1.")) : Core._acosh(x)
atanh(x::Float64) = abs(x) > 1.0 ? throw(DomainError(x, "atanh(x) is only defined for |x| ≤ 1.")) : Core._atanh(x)
exp(x::Float64) = Core._exp(x)
exp2(x::Float64) = Core._exp2(x)
exp10(x::Float64) = Core._exp10(x)
expm1(x::Float64) = Core._expm1(x)
cbrt(x::Float64) = Core._cbrt(x)
log(x::Float64) = x < 0.0 ? complex_only("log", x) : Core._log(x)
log2(x::Float64) = x < 0.0 ? complex_only("log2", x) : Core._log2(x)
log10(x::Float64) = x < 0.0 ? complex_only("log10", x) : Core._log10(x)
log1p(x::Float64) = x < -1.0 ? throw(DomainError(x, "log1p was called with a real argument < -1 but will only return a complex result if called with a complex argument. Try log1p(Complex(x)).")) : Core._log1p(x)
sin(x::T) where {T<:Union{Float16,Float32}} = isinf(x) ? throw(DomainError(x, "sin(x) is only defined for finite x.")) : T(Core._sin(Float64(x)))
cos(x::T) where {T<:Union{Float16,Float32}} = isinf(x) ? throw(DomainError(x, "cos(x) is only defined for finite x.")) : T(Core._cos(Float64(x)))
tan(x::T) where {T<:Union{Float16,Float32}} = isinf(x) ? throw(DomainError(x, "tan(x) is only defined for finite x.")) : T(Core._tan(Float64(x)))
asin(x::T) where {T<:Union{Float16,Float32}} = abs(x) > one(x) ? throw(DomainError(x, "asin(x) is not defined for |x| > 1.")) : T(Core._asin(Float64(x)))
acos(x::T) where {T<:Union{Float16,Float32}} = abs(x) > one(x) ? throw(DomainError(x, "acos(x) not defined for |x| > 1")) : T(Core._acos(Float64(x)))
atan(x::T) where {T<:Union{Float16,Float32}} = T(Core._atan(Float64(x)))
sinh(x::T) where {T<:Union{Float16,Float32}} = T(Core._sinh(Float64(x)))
cosh(x::T) where {T<:Union{Float16,Float32}} = T(Core._cosh(Float64(x)))
tanh(x::T) where {T<:Union{Float16,Float32}} = T(Core._tanh(Float64(x)))
asinh(x::T) where {T<:Union{Float16,Float32}} = T(Core._asinh(Float64(x)))
acosh(x::T) where {T<:Union{Float16,Float32}} = x < one(x) ? throw(DomainError(x, "acosh(x) is only defined for x ≥ 1.")) : T(Core._acosh(Float64(x)))
atanh(x::T) where {T<:Union{Float16,Float32}} = abs(x) > one(x) ? throw(DomainError(x, "atanh(x) is only defined for |x| ≤ 1.")) : T(Core._atanh(Float64(x)))
exp(x::T) where {T<:Union{Float16,Float32}} = T(Core._exp(Float64(x)))
exp2(x::T) where {T<:Union{Float16,Float32}} = T(Core._exp2(Float64(x)))
exp10(x::T) where {T<:Union{Float16,Float32}} = T(Core._exp10(Float64(x)))
expm1(x::T) where {T<:Union{Float16,Float32}} = T(Core._expm1(Float64(x)))
cbrt(x::T) where {T<:Union{Float16,Float32}} = T(Core._cbrt(Float64(x)))
log(x::T) where {T<:Union{Float16,Float32}} = x < zero(x) ? complex_only("log", x) : T(Core._log(Float64(x)))
log2(x::T) where {T<:Union{Float16,Float32}} = x < zero(x) ? complex_only("log2", x) : T(Core._log2(Float64(x)))
log10(x::T) where {T<:Union{Float16,Float32}} = x < zero(x) ? complex_only("log10", x) : T(Core._log10(Float64(x)))
log1p(x::T) where {T<:Union{Float16,Float32}} = T(log1p(Float64(x)))
sin(x::Real) = sin(float(x))
cos(x::Real) = cos(float(x))
tan(x::Real) = tan(float(x))
asin(x::Real) = asin(float(x))
acos(x::Real) = acos(float(x))
atan(x::Real) = atan(float(x))
sinh(x::Real) = sinh(float(x))
cosh(x::Real) = cosh(float(x))
tanh(x::Real) = tanh(float(x))
asinh(x::Real) = asinh(float(x))
acosh(x::Real) = acosh(float(x))
atanh(x::Real) = atanh(float(x))
exp(x::Real) = exp(float(x))
exp2(x::Real) = exp2(float(x))
exp10(x::Real) = exp10(float(x))
expm1(x::Real) = expm1(float(x))
cbrt(x::Real) = cbrt(float(x))
log(x::Real) = log(float(x))
log2(x::Real) = log2(float(x))
log10(x::Real) = log10(float(x))
log1p(x::Real) = log1p(float(x))
# Exact at whole powers.
exp2(n::BitInteger) = ldexp(1.0, n)
const ∛ = cbrt

log(b::Number, x::Number) = log(x) / log(b)

atan(y::Float64, x::Float64) = Core._atan2(y, x)
atan(y::T, x::T) where {T<:Union{Float16,Float32}} = T(Core._atan2(Float64(y), Float64(x)))
atan(y::Real, x::Real) = atan(promote(float(y), float(x))...)
hypot(x::Float64, y::Float64) = Core._hypot(x, y)
hypot(x::T, y::T) where {T<:Union{Float16,Float32}} = T(Core._hypot(Float64(x), Float64(y)))
hypot(x::Real, y::Real) = hypot(map(float, promote(x, y))...)
hypot(x::Number) = abs(float(x))
hypot(x::Number, y::Number) = hypot(abs(x), abs(y))
hypot(x::Number, y::Number, z::Number, rest::Number...) = hypot_of_all(float(abs(x)), float(abs(y)), float(abs(z)), map(v -> float(abs(v)), rest)...)
function hypot_of_all(all...)
    largest = maximum(all)
    iszero(largest) || isinf(largest) && return largest
    iszero(largest) && return largest
    return largest * sqrt(sum(v -> (v / largest)^2, all))
end

# Powers.
function ^(x::Float64, y::Float64)
    x < 0.0 && isfinite(y) && isfinite(x) && !isinteger(y) && throw(DomainError(x, "Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar."))
    return Core._pow(x, y)
end
function ^(x::T, y::T) where {T<:Union{Float16,Float32}}
    x < zero(x) && isfinite(y) && isfinite(x) && !isinteger(y) && throw(DomainError(x, "Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar."))
    return T(Core._pow(Float64(x), Float64(y)))
end
^(x::Float64, n::Integer) = n == 2 ? x * x : n == 3 ? x * x * x : Core._pow(x, convert(Float64, n))
^(x::T, n::Integer) where {T<:Union{Float16,Float32}} = n == 2 ? x * x : n == 3 ? x * x * x : T(Core._pow(Float64(x), convert(Float64, n)))

sincos(x::Real) = isinf(x) ? throw(DomainError(float(x), "sincos(x) is only defined for finite x.")) : (sin(x), cos(x))
cot(x::Number) = inv(tan(x))
sec(x::Number) = inv(cos(x))
csc(x::Number) = inv(sin(x))
coth(x::Number) = inv(tanh(x))
sech(x::Number) = inv(cosh(x))
csch(x::Number) = inv(sinh(x))
acot(x::Number) = atan(inv(x))
asec(x::Number) = acos(inv(x))
acsc(x::Number) = asin(inv(x))
acoth(x::Number) = atanh(inv(x))
asech(x::Number) = acosh(inv(x))
acsch(x::Number) = asinh(inv(x))
deg2rad(x::AbstractFloat) = x * (oftype(x, pi) / oftype(x, 180))
rad2deg(x::AbstractFloat) = x * (oftype(x, 180) / oftype(x, pi))
deg2rad(x::Real) = deg2rad(float(x))
rad2deg(x::Real) = rad2deg(float(x))

# A polynomial's value, from its coefficients.
function evalpoly(x, coefficients)
    result = coefficients[length(coefficients)]
    for k in (length(coefficients) - 1):-1:1
        result = muladd(x, result, coefficients[k])
    end
    return result
end
