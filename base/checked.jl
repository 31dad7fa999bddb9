# Integer arithmetic that throws `OverflowError` instead of wrapping around.

# The wrapped result and whether it overflowed.
add_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_sadd_int(x, y)
add_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_uadd_int(x, y)
sub_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_ssub_int(x, y)
sub_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_usub_int(x, y)
mul_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_smul_int(x, y)
mul_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_umul_int(x, y)
add_with_overflow(x::Bool, y::Bool) = (x + y, false)
sub_with_overflow(x::Bool, y::Bool) = (x - y, false)
mul_with_overflow(x::Bool, y::Bool) = (x * y, false)
add_with_overflow(x::Integer, y::Integer) = promoted(add_with_overflow, x, y)
sub_with_overflow(x::Integer, y::Integer) = promoted(sub_with_overflow, x, y)
mul_with_overflow(x::Integer, y::Integer) = promoted(mul_with_overflow, x, y)

overflow_error(x, op, y) = throw(OverflowError(string(x, " ", op, " ", y, " overflowed for type ", typeof(x))))
function checked_add(x::T, y::T) where {T<:Integer}
    z, overflowed = add_with_overflow(x, y)
    overflowed && overflow_error(x, :+, y)
    return z
end
function checked_sub(x::T, y::T) where {T<:Integer}
    z, overflowed = sub_with_overflow(x, y)
    overflowed && overflow_error(x, :-, y)
    return z
end
function checked_mul(x::T, y::T) where {T<:Integer}
    z, overflowed = mul_with_overflow(x, y)
    overflowed && overflow_error(x, :*, y)
    return z
end
checked_add(x::Integer, y::Integer) = promoted(checked_add, x, y)
checked_sub(x::Integer, y::Integer) = promoted(checked_sub, x, y)
checked_mul(x::Integer, y::Integer) = promoted(checked_mul, x, y)
checked_add(x) = x
checked_mul(x) = x
checked_add(x, y, z, rest...) = checked_add(checked_add(x, y), z, rest...)
checked_mul(x, y, z, rest...) = checked_mul(checked_mul(x, y), z, rest...)
checked_neg(x::T) where {T<:Integer} = checked_sub(zero(T), x)
checked_neg(x::Bool) = -x
checked_abs(x::BitSigned) = (y = abs(x); y < zero(x) ? throw(OverflowError(string("checked arithmetic: cannot compute |x| for x = ", x, "::", typeof(x)))) : y)
checked_abs(x::Integer) = abs(x)
checked_div(x::Integer, y::Integer) = div(x, y)
checked_rem(x::Integer, y::Integer) = rem(x, y)
checked_fld(x::Integer, y::Integer) = fld(x, y)
checked_mod(x::Integer, y::Integer) = mod(x, y)
checked_cld(x::Integer, y::Integer) = cld(x, y)

# The same functions by their module's name.
module Checked
import ..Base: add_with_overflow, sub_with_overflow, mul_with_overflow, checked_add, checked_sub, checked_mul, checked_neg, checked_abs
import ..Base: checked_div, checked_rem, checked_fld, checked_mod, checked_cld
export add_with_overflow, sub_with_overflow, mul_with_overflow, checked_add, checked_sub, checked_mul, checked_neg, checked_abs
export checked_div, checked_rem, checked_fld, checked_mod, checked_cld
end
