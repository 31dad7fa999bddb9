# Arithmetic on mixed types: find the common type, convert, try again.

promote_rule(::Type, ::Type) = Union{}

promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{S}) where {T,S} = promote_result(T, S, promote_rule(T, S), promote_rule(S, T))

promote_result(::Type, ::Type, ::Type{R}, ::Type{Union{}}) where {R} = R
promote_result(::Type, ::Type, ::Type{Union{}}, ::Type{R}) where {R} = R
promote_result(::Type, ::Type, ::Type{R}, ::Type{R}) where {R} = R
promote_result(::Type{T}, ::Type{S}, ::Type{Union{}}, ::Type{Union{}}) where {T,S} = typejoin(T, S)

typejoin(a, b) = Core._typejoin(a, b)
promote_type(a, b, c, rest...) = promote_type(promote_type(a, b), c, rest...)
promote_type(::Type{Union{}}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{Union{}}) where {T} = T
promote_type(::Type{Union{}}, ::Type{Union{}}) = Union{}

# `nothing` stays what it is, beside the other type.
promote_rule(::Type{Nothing}, ::Type{T}) where {T} = T === Any ? Any : Union{Nothing,T}

promote_rule(::Type{Float64}, ::Type{<:BitInteger}) = Float64
promote_rule(::Type{Float64}, ::Type{Bool}) = Float64
promote_rule(::Type{Float64}, ::Type{Float32}) = Float64
promote_rule(::Type{Float32}, ::Type{<:BitInteger}) = Float32
promote_rule(::Type{Float32}, ::Type{Bool}) = Float32
promote_rule(::Type{T}, ::Type{Bool}) where {T<:BitInteger} = T

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
    return (convert(R, x), convert(R, y))
end
promote(x::T, y::T) where {T} = (x, y)
promote(x) = (x,)
function promote(x, y, z, rest...)
    R = promote_type(typeof(x), typeof(y), typeof(z), map(typeof, rest)...)
    return map(v -> convert(R, v), (x, y, z, rest...))
end

# Two numbers brought to one type; an error when that changed neither, since trying again would never end.
function promoted(f, x, y)
    a, b = promote(x, y)
    if typeof(a) === typeof(x) && typeof(b) === typeof(y)
        error("promotion of types ", typeof(x), " and ", typeof(y), " failed to change any arguments")
    end
    return f(a, b)
end

# Arithmetic on integers of both signs wraps around: conversion is by bits.
+(x::BitInteger, y::BitInteger) = wrapped(+, x, y)
-(x::BitInteger, y::BitInteger) = wrapped(-, x, y)
*(x::BitInteger, y::BitInteger) = wrapped(*, x, y)
(&)(x::BitInteger, y::BitInteger) = wrapped(&, x, y)
|(x::BitInteger, y::BitInteger) = wrapped(|, x, y)
xor(x::BitInteger, y::BitInteger) = wrapped(xor, x, y)
function wrapped(f, x::S, y::T) where {S,T}
    R = promote_type(S, T)
    return f(wrap_integer(R, x), wrap_integer(R, y))
end
wrap_integer(::Type{T}, x::T) where {T} = x
function wrap_integer(::Type{T}, x::S) where {T,S}
    Core.sizeof(T) < Core.sizeof(S) && return trunc_int(T, x)
    Core.sizeof(T) == Core.sizeof(S) && return bitcast(T, x)
    return S <: BitSigned ? sext_int(T, x) : zext_int(T, x)
end
rem(x::BitInteger, ::Type{T}) where {T<:BitInteger} = wrap_integer(T, x)

+(x::Number, y::Number) = promoted(+, x, y)
-(x::Number, y::Number) = promoted(-, x, y)
*(x::Number, y::Number) = promoted(*, x, y)
/(x::Number, y::Number) = promoted(/, x, y)
div(x::Real, y::Real) = promoted(div, x, y)
rem(x::Real, y::Real) = promoted(rem, x, y)
mod(x::Real, y::Real) = promoted(mod, x, y)
==(x::Number, y::Number) = promoted(==, x, y)
<(x::Real, y::Real) = promoted(<, x, y)
<=(x::Real, y::Real) = promoted(<=, x, y)

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

# A 64-bit integer with a float: exactly, since converting it may round. `r` is the float's whole part as an integer
# where it has one in range.
==(x::Int64, y::Float64) = in_int64(y) && isinteger(y) && x == fptosi(Int64, y)
==(x::Float64, y::Int64) = y == x
<(x::Int64, y::Float64) = in_int64(y) ? less_than_float(x, y, fptosi(Int64, y)) : y > 0.0
<(x::Float64, y::Int64) = in_int64(x) ? float_less_than(x, fptosi(Int64, x), y) : x < 0.0
<=(x::Int64, y::Float64) = in_int64(y) ? !float_less_than(y, fptosi(Int64, y), x) : y > 0.0
<=(x::Float64, y::Int64) = in_int64(x) ? !less_than_float(y, x, fptosi(Int64, x)) : x < 0.0
in_int64(x) = -9.223372036854776e18 <= x && x < 9.223372036854776e18
less_than_float(x, y, r) = x < r || (x == r && sitofp(Float64, r) < y)
float_less_than(x, r, y) = r < y || (r == y && x < sitofp(Float64, r))
(&)(x::Integer, y::Integer) = promoted(&, x, y)
|(x::Integer, y::Integer) = promoted(|, x, y)
xor(x::Integer, y::Integer) = promoted(xor, x, y)
max(x::Real, y::Real) = promoted(max, x, y)
min(x::Real, y::Real) = promoted(min, x, y)
max(x::T, y::T) where {T<:Real} = x < y ? y : x
min(x::T, y::T) where {T<:Real} = y < x ? y : x
