# Constants that no float is: they become one beside one, of its precision.

abstract type AbstractIrrational <: Real end
struct Irrational{sym} <: AbstractIrrational end

const π = Irrational{:π}()
const pi = π
const ℯ = Irrational{:ℯ}()

# The other well-known constants have a module of their own.
module MathConstants
import ..Base: Irrational, π, pi, ℯ
const e = ℯ
const γ = Irrational{:γ}()
const eulergamma = γ
const φ = Irrational{:φ}()
const golden = φ
const catalan = Irrational{:catalan}()
export π, pi, ℯ, e, γ, eulergamma, φ, golden, catalan
end

# Each is the sum of two floats, so that it can be compared with one and rounded either way.
float_parts(::Irrational{:π}) = (3.141592653589793, 1.2246467991473532e-16)
float_parts(::Irrational{:ℯ}) = (2.718281828459045, 1.4456468917292502e-16)
float_parts(::Irrational{:γ}) = (0.5772156649015329, -4.942915152430645e-18)
float_parts(::Irrational{:φ}) = (1.618033988749895, -5.432115203682506e-17)
float_parts(::Irrational{:catalan}) = (0.915965594177219, 3.747558421514984e-18)

Float64(x::Irrational) = float_parts(x)[1]
Float32(x::Irrational) = fptrunc(Float32, Float64(x))
Float16(x::Irrational) = fptrunc(Float16, Float64(x))
Float64(x::Irrational, mode::RoundingMode) = rounded_part(Float64(x), x, mode)
Float32(x::Irrational, mode::RoundingMode) = rounded_part(Float32(x), x, mode)
Float16(x::Irrational, mode::RoundingMode) = rounded_part(Float16(x), x, mode)
rounded_part(y, x, ::RoundingMode{:Nearest}) = y
rounded_part(y, x, ::RoundingMode{:Up}) = y < x ? nextfloat(y) : y
rounded_part(y, x, ::RoundingMode{:Down}) = x < y ? prevfloat(y) : y
Bool(x::AbstractIrrational) = throw(InexactError(:Bool, Bool, x))
(::Type{T})(x::AbstractIrrational) where {T<:BitInteger} = throw(InexactError(nameof_type(T), T, x))
float(::Type{<:AbstractIrrational}) = Float64
float(x::AbstractIrrational) = Float64(x)
AbstractFloat(x::AbstractIrrational) = Float64(x)
zero(::AbstractIrrational) = false
one(::AbstractIrrational) = true
zero(::Type{<:AbstractIrrational}) = false
one(::Type{<:AbstractIrrational}) = true

promote_rule(::Type{<:AbstractIrrational}, ::Type{Float16}) = Float16
promote_rule(::Type{<:AbstractIrrational}, ::Type{Float32}) = Float32
promote_rule(::Type{<:AbstractIrrational}, ::Type{<:AbstractIrrational}) = Float64
promote_rule(::Type{<:AbstractIrrational}, ::Type{T}) where {T<:Real} = promote_type(Float64, T)
promote_rule(::Type{Bool}, ::Type{<:AbstractIrrational}) = Float64
promote_type(::Type{T}, ::Type{T}) where {T<:AbstractIrrational} = T

+(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) + Float64(y)
-(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) - Float64(y)
*(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) * Float64(y)
/(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) / Float64(y)
^(x::AbstractIrrational, y::AbstractIrrational) = Float64(x)^Float64(y)
^(x::AbstractIrrational, n::Integer) = Float64(x)^n
-(x::AbstractIrrational) = -Float64(x)
+(x::AbstractIrrational) = Float64(x)
*(x::Bool, y::AbstractIrrational) = ifelse(x, Float64(y), 0.0)
*(x::AbstractIrrational, y::Bool) = y * x
div(x::AbstractIrrational, y::Real) = div(Float64(x), y)
inv(x::AbstractIrrational) = 1 / x
abs(x::AbstractIrrational) = x
abs2(x::AbstractIrrational) = Float64(x)^2
sign(x::AbstractIrrational) = 1.0
signbit(x::AbstractIrrational) = false
isinteger(::AbstractIrrational) = false
iszero(::AbstractIrrational) = false
isone(::AbstractIrrational) = false
isfinite(::AbstractIrrational) = true
round_whole(x::AbstractIrrational, mode) = round(Float64(x), mode)
floor(x::AbstractIrrational) = floor(Float64(x))
ceil(x::AbstractIrrational) = ceil(Float64(x))
trunc(x::AbstractIrrational) = trunc(Float64(x))

==(::Irrational{s}, ::Irrational{s}) where {s} = true
==(::AbstractIrrational, ::AbstractIrrational) = false
==(::AbstractIrrational, ::Real) = false
==(::Real, ::AbstractIrrational) = false
<(::Irrational{s}, ::Irrational{s}) where {s} = false
<(x::Irrational, y::Irrational) = Float64(x) < Float64(y)
<=(::Irrational{s}, ::Irrational{s}) where {s} = true
<=(x::Irrational, y::Irrational) = Float64(x) < Float64(y)
<(x::Irrational, y::BitFloat) = is_below(x, Float64(y))
<(x::BitFloat, y::Irrational) = !isnan(x) && !is_below(y, Float64(x))
<=(x::Irrational, y::BitFloat) = x < y
<=(x::BitFloat, y::Irrational) = x < y
<=(x::AbstractIrrational, y::Real) = x < y
<=(x::Real, y::AbstractIrrational) = x < y
is_below(x, y) = (p = float_parts(x); p[1] < y || (p[1] == y && p[2] < 0))
hash(x::Irrational, h::UInt64) = mixed(objectid(x) - 0x0000000000000003 * h)

show(io::IO, ::Irrational{s}) where {s} = print(io, s)
widen(::Type{T}) where {T<:Irrational} = T

^(::Irrational{:ℯ}, x::Real) = exp(x)
^(::Irrational{:ℯ}, x::Integer) = exp(x)
^(::Irrational{:ℯ}, x::AbstractIrrational) = exp(x)
literal_pow(::typeof(^), ::Irrational{:ℯ}, ::Val{p}) where {p} = exp(p)
log(::Irrational{:ℯ}) = 1
log(::Irrational{:ℯ}, x::Real) = log(x)
sin(::Irrational{:π}) = 0.0
cos(::Irrational{:π}) = -1.0
tan(::Irrational{:π}) = 0.0
