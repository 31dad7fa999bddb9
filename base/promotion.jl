# Arithmetic on mixed types: find the common type, convert, try again.

promote_rule(::Type, ::Type) = Union{}

promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{S}) where {T,S} = promote_result(T, S, promote_rule(T, S), promote_rule(S, T))

promote_result(::Type, ::Type, ::Type{R}, ::Type{Union{}}) where {R} = R
promote_result(::Type, ::Type, ::Type{Union{}}, ::Type{R}) where {R} = R
promote_result(::Type, ::Type, ::Type{R}, ::Type{R}) where {R} = R
promote_result(::Type{T}, ::Type{S}, ::Type{Union{}}, ::Type{Union{}}) where {T,S} = typejoin(T, S)

typejoin(a, b) = Core._typejoin(a, b)

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

# Two numbers brought to one type; an error when that changed neither, since trying again would never end.
function promoted(f, x, y)
    a, b = promote(x, y)
    if typeof(a) === typeof(x) && typeof(b) === typeof(y)
        error("promotion of types ", typeof(x), " and ", typeof(y), " failed to change any arguments")
    end
    return f(a, b)
end

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
(&)(x::Integer, y::Integer) = promoted(&, x, y)
|(x::Integer, y::Integer) = promoted(|, x, y)
xor(x::Integer, y::Integer) = promoted(xor, x, y)
max(x::Real, y::Real) = promoted(max, x, y)
min(x::Real, y::Real) = promoted(min, x, y)
