# Arithmetic on mixed types: find the common type, convert, try again.

promote_rule(::Type, ::Type) = Union{}

promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{S}) where {T,S} = promote_result(T, S, promote_rule(T, S), promote_rule(S, T))

promote_result(::Type, ::Type, ::Type{R}, ::Type{Union{}}) where {R} = R
promote_result(::Type, ::Type, ::Type{Union{}}, ::Type{R}) where {R} = R
promote_result(::Type, ::Type, ::Type{R}, ::Type{R}) where {R} = R
promote_result(::Type, ::Type, ::Type{R}, ::Type{S}) where {R,S} = promote_type(R, S)
promote_result(::Type{T}, ::Type{S}, ::Type{Union{}}, ::Type{Union{}}) where {T,S} = promote_unions(T, S)
# `nothing` and `missing` stay beside what the other types are promoted to.
function promote_unions(T, S)
    x = without_singletons(T)
    y = without_singletons(S)
    (x === T && y === S) || x === Union{} || y === Union{} ? (return typejoin(T, S)) : nothing
    R = promote_type(x, y)
    R === Any && return Any
    R = Nothing <: T || Nothing <: S ? Union{Nothing,R} : R
    return Missing <: T || Missing <: S ? Union{Missing,R} : R
end

typejoin(a, b) = Core._typejoin(a, b)
promote_type() = Union{}
promote_type(T) = T
promote_type(a, b, c, rest...) = promote_type(promote_type(a, b), c, rest...)
promote_type(::Type{Union{}}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{Union{}}) where {T} = T
promote_type(::Type{Union{}}, ::Type{Union{}}) = Union{}

# `nothing` stays what it is, beside the other type.
promote_rule(::Type{Nothing}, ::Type{T}) where {T} = T === Any ? Any : Union{Nothing,T}

promote_rule(::Type{Float64}, ::Type{<:BitInteger}) = Float64
promote_rule(::Type{Float64}, ::Type{Float32}) = Float64
promote_rule(::Type{Float64}, ::Type{Float16}) = Float64
promote_rule(::Type{Float32}, ::Type{<:BitInteger}) = Float32
promote_rule(::Type{Float32}, ::Type{Float16}) = Float32
promote_rule(::Type{Float16}, ::Type{<:BitInteger}) = Float16
promote_rule(::Type{Bool}, ::Type{T}) where {T<:Number} = T

promote_rule(::Type{Int16}, ::Type{Int8}) = Int16
promote_rule(::Type{Int32}, ::Type{<:Union{Int8,Int16,UInt8,UInt16}}) = Int32
promote_rule(::Type{Int64}, ::Type{<:Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}}) = Int64
promote_rule(::Type{Int128}, ::Type{<:Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64}}) = Int128
promote_rule(::Type{Int16}, ::Type{UInt8}) = Int16
promote_rule(::Type{UInt8}, ::Type{Int8}) = UInt8
promote_rule(::Type{UInt16}, ::Type{<:Union{Int8,Int16,UInt8}}) = UInt16
promote_rule(::Type{UInt32}, ::Type{<:Union{Int8,Int16,Int32,UInt8,UInt16}}) = UInt32
promote_rule(::Type{UInt64}, ::Type{<:Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32}}) = UInt64
promote_rule(::Type{UInt128}, ::Type{<:Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64}}) = UInt128

function promote(x::T, y::S) where {T,S}
    R = promote_type(T, S)
    return changed((x, y), (convert(R, x), convert(R, y)))
end
promote(x::T, y::T) where {T} = (x, y)
promote(x) = (x,)
promote() = ()
function promote(x, y, z, rest...)
    R = promote_type(typeof(x), typeof(y), typeof(z), map(typeof, rest)...)
    return changed((x, y, z, rest...), map(v -> convert(R, v), (x, y, z, rest...)))
end
# What was promoted, unless the types are the same as before: whoever tries again with it would never end.
function changed(given, promoted)
    typeof(given) === typeof(promoted) && !alike(given...) && unpromoted(promote, given...)
    return promoted
end
alike(x, rest...) = all(y -> typeof(y) === typeof(x), rest)
promote_typeof(x) = typeof(x)
promote_typeof(x, rest...) = promote_type(typeof(x), promote_typeof(rest...))

# Two numbers brought to one type; an error when that changed neither, since trying again would never end.
function promoted(f, x, y)
    a, b = promote(x, y)
    if typeof(a) === typeof(x) && typeof(b) === typeof(y)
        unpromoted(f, x, y)
    end
    return f(a, b)
end
unpromoted(f, x::T, y::T) where {T<:Number} = error(f, " not defined for ", T)
unpromoted(f, x, y) = error("promotion of types ", typeof(x), " and ", typeof(y), " failed to change any arguments")

# Arithmetic on integers of both signs wraps around: conversion is by bits.
+(x::Integer, y::Integer) = wrapped(+, x, y)
-(x::Integer, y::Integer) = wrapped(-, x, y)
*(x::Integer, y::Integer) = wrapped(*, x, y)
(&)(x::Integer, y::Integer) = wrapped(&, x, y)
|(x::Integer, y::Integer) = wrapped(|, x, y)
xor(x::Integer, y::Integer) = wrapped(xor, x, y)
function wrapped(f, x::S, y::T) where {S<:Integer,T<:Integer}
    R = promote_type(S, T)
    R === S && R === T && unpromoted(f, x, y)
    return f(x % R, y % R)
end
wrap_integer(::Type{T}, x::T) where {T} = x
function wrap_integer(::Type{T}, x::S) where {T,S}
    Core.sizeof(T) < Core.sizeof(S) && return trunc_int(T, x)
    Core.sizeof(T) == Core.sizeof(S) && return bitcast(T, x)
    return S <: BitSigned ? sext_int(T, x) : zext_int(T, x)
end
rem(x::BitInteger, ::Type{T}) where {T<:BitInteger} = wrap_integer(T, x)
rem(x::Bool, ::Type{T}) where {T<:BitInteger} = zext_or_same(T, x)
rem(x::Integer, ::Type{Bool}) = isodd(x)
rem(x::T, ::Type{T}) where {T<:Integer} = x
rem(x::Integer, ::Type{T}) where {T<:Integer} = convert(T, x)
rem(x::Integer, ::Type{Signed}) = signed(x)
rem(x::Integer, ::Type{Unsigned}) = unsigned(x)
rem(x::Integer, ::Type{Integer}) = x

+(x::Number, y::Number) = promoted(+, x, y)
-(x::Number, y::Number) = promoted(-, x, y)
*(x::Number, y::Number) = promoted(*, x, y)
/(x::Number, y::Number) = promoted(/, x, y)
^(x::Number, y::Number) = promoted(^, x, y)
div(x::Real, y::Real) = promoted(div, x, y)
rem(x::Real, y::Real) = promoted(rem, x, y)
mod(x::Real, y::Real) = promoted(mod, x, y)
fld(x::Real, y::Real) = promoted(fld, x, y)
cld(x::Real, y::Real) = promoted(cld, x, y)
==(x::Number, y::Number) = promoted(==, x, y)
==(x::T, y::T) where {T<:Number} = x === y
<(x::Real, y::Real) = promoted(<, x, y)
<=(x::Real, y::Real) = promoted(<=, x, y)
max(x::Real, y::Real) = promoted(max, x, y)
min(x::Real, y::Real) = promoted(min, x, y)
max(x::T, y::T) where {T<:Real} = x < y ? y : x
min(x::T, y::T) where {T<:Real} = y < x ? y : x
minmax(x::Real, y::Real) = promoted(minmax, x, y)
minmax(x::T, y::T) where {T<:Real} = y < x ? (y, x) : (x, y)

# Signed with unsigned: by value. A negative number has no unsigned counterpart.
==(x::BitSigned, y::BitUnsigned) = !signbit(x) && same_sign(==, unsigned_bits(x), y)
==(x::BitUnsigned, y::BitSigned) = y == x
<(x::BitSigned, y::BitUnsigned) = signbit(x) || same_sign(<, unsigned_bits(x), y)
<(x::BitUnsigned, y::BitSigned) = !signbit(y) && same_sign(<, x, unsigned_bits(y))
<=(x::BitSigned, y::BitUnsigned) = signbit(x) || same_sign(<=, unsigned_bits(x), y)
<=(x::BitUnsigned, y::BitSigned) = !signbit(y) && same_sign(<=, x, unsigned_bits(y))
unsigned_bits(x::Int8) = bitcast(UInt8, x)
unsigned_bits(x::Int16) = bitcast(UInt16, x)
unsigned_bits(x::Int32) = bitcast(UInt32, x)
unsigned_bits(x::Int64) = bitcast(UInt64, x)
unsigned_bits(x::Int128) = bitcast(UInt128, x)
same_sign(f, x::T, y::T) where {T} = f(x, y)
same_sign(f, x, y) = promoted(f, x, y)

# An integer with a float: exactly, since converting it may round. Rounding keeps order, so the rounded integer decides
# unless it equals the float; then the float is whole, and is compared as an integer unless it lies beyond the type.
==(x::BitInteger, y::BitFloat) = (r = convert(typeof(y), x); r == y && holds(typeof(x), r) && x == float_bits_as(typeof(x), r))
==(x::BitFloat, y::BitInteger) = y == x
<(x::BitInteger, y::BitFloat) = (r = convert(typeof(y), x); r < y || (r == y && (!holds(typeof(x), r) || x < float_bits_as(typeof(x), r))))
<(x::BitFloat, y::BitInteger) = (r = convert(typeof(x), y); x < r || (x == r && holds(typeof(y), r) && float_bits_as(typeof(y), r) < y))
<=(x::BitInteger, y::BitFloat) = (r = convert(typeof(y), x); r < y || (r == y && (!holds(typeof(x), r) || x <= float_bits_as(typeof(x), r))))
<=(x::BitFloat, y::BitInteger) = (r = convert(typeof(x), y); x < r || (x == r && holds(typeof(y), r) && float_bits_as(typeof(y), r) <= y))
float_bits_as(::Type{T}, x) where {T<:BitSigned} = fptosi(T, x)
float_bits_as(::Type{T}, x) where {T<:BitUnsigned} = fptoui(T, x)
# Whether a float that an integer of the type was rounded to is still in the type's range.
holds(::Type{T}, r) where {T<:Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}} = isfinite(r) && in_range(T, r)
holds(::Type{T}, r) where {T<:Union{Int64,Int128,UInt64,UInt128}} = in_range(T, r)
