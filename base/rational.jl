# Exact fractions of integers, always in lowest terms with a positive denominator; `1//0` is infinite.

struct Rational{T<:Integer} <: Real
    num::T
    den::T
    function Rational{T}(num, den) where {T}
        n = convert(T, num)
        d = convert(T, den)
        iszero(n) && iszero(d) && throw(ArgumentError(string("invalid rational: zero(", T, ")//zero(", T, ")")))
        common = gcd(n, d)
        n = div(n, common)
        d = div(d, common)
        return signbit(d) ? new(-n, -d) : new(n, d)
    end
end
Rational(n::T, d::T) where {T<:Integer} = Rational{T}(n, d)
Rational(n::Integer, d::Integer) = Rational(promote(n, d)...)
Rational(n::Integer) = Rational(n, one(n))
//(n::Integer, d::Integer) = Rational(n, d)
//(x::Rational, y::Integer) = x.num // (x.den * y)
//(x::Integer, y::Rational) = (x * y.den) // y.num
//(x::Rational, y::Rational) = (x.num * y.den) // (x.den * y.num)
numerator(x::Rational) = x.num
denominator(x::Rational) = x.den
numerator(x::Integer) = x
denominator(x::Integer) = one(x)

convert(::Type{Rational{T}}, x::Rational) where {T<:Integer} = Rational{T}(x.num, x.den)
convert(::Type{Rational{T}}, x::Rational{T}) where {T<:Integer} = x
convert(::Type{Rational{T}}, x::Integer) where {T<:Integer} = Rational{T}(x, one(x))
convert(::Type{T}, x::Rational) where {T<:BitFloat} = convert(T, x.num) / convert(T, x.den)
function convert(::Type{T}, x::Rational) where {T<:BitInteger}
    isone(x.den) || throw(InexactError(nameof_type(T), T, x))
    return convert(T, x.num)
end
Rational{T}(x::Union{Integer,Rational}) where {T<:Integer} = convert(Rational{T}, x)
float(x::Rational) = convert(Float64, x)
promote_rule(::Type{Rational{S}}, ::Type{T}) where {S,T<:BitInteger} = Rational{promote_type(S, T)}
promote_rule(::Type{Rational{S}}, ::Type{Rational{T}}) where {S,T} = Rational{promote_type(S, T)}
promote_rule(::Type{T}, ::Type{Rational{S}}) where {S,T<:BitFloat} = T

+(x::Rational, y::Rational) = (x.num * y.den + y.num * x.den) // (x.den * y.den)
-(x::Rational, y::Rational) = (x.num * y.den - y.num * x.den) // (x.den * y.den)
*(x::Rational, y::Rational) = (x.num * y.num) // (x.den * y.den)
/(x::Rational, y::Rational) = x // y
-(x::Rational) = (-x.num) // x.den
inv(x::Rational) = x.den // x.num
abs(x::Rational) = abs(x.num) // x.den
sign(x::Rational) = sign(x.num) // one(x.den)
signbit(x::Rational) = signbit(x.num)
==(x::Rational, y::Rational) = x.num == y.num && x.den == y.den
<(x::Rational, y::Rational) = x.num * y.den < y.num * x.den
<=(x::Rational, y::Rational) = x.num * y.den <= y.num * x.den
isinteger(x::Rational) = isone(x.den)
zero(::Type{Rational{T}}) where {T} = Rational{T}(0, 1)
one(::Type{Rational{T}}) where {T} = Rational{T}(1, 1)
zero(x::Rational) = zero(typeof(x))
one(x::Rational) = one(typeof(x))
floor(x::Rational) = fld(x.num, x.den) // one(x.den)
ceil(x::Rational) = cld(x.num, x.den) // one(x.den)
trunc(x::Rational) = div(x.num, x.den) // one(x.den)
^(x::Rational, n::Integer) = n >= 0 ? (x.num^n) // (x.den^n) : (x.den^(-n)) // (x.num^(-n))
hash(x::Rational, h::UInt64) = isone(x.den) ? hash(x.num, h) : hash(x.num, hash(x.den, h))
show(io::IO, x::Rational) = (show(io, x.num); print(io, "//"); show(io, x.den))
