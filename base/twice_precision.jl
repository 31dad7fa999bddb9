# `TwicePrecision`: a number as the sum of two floats, the second below the first one's last place. Ranges of floats
# compute their elements with it (float_ranges.jl). The operations are those of T. J. Dekker, "A floating-point technique
# for extending the available precision", Numerische Mathematik 18 (1971).

struct TwicePrecision{T}
    hi::T
    lo::T
end

# The sum of two numbers, the first the greater: rounded, and what rounding left off.
sum_of_ordered(big, little) = (h = big + little; (h, (big - h) + little))
sum_of_two(x, y) = abs(x) < abs(y) ? sum_of_ordered(y, x) : sum_of_ordered(x, y)
product_of_two(x, y) = (h = x * y; (h, iszero(h) || !isfinite(h) ? h : fma(x, y, -h)))

twice(x::T) where {T<:BitFloat} = TwicePrecision{T}(x, zero(T))
# An integer that one float may not hold.
function twice(::Type{T}, n::Integer) where {T}
    hi = convert(T, n)
    return TwicePrecision{T}(sum_of_ordered(hi, convert(T, convert(Int128, n) - trunc(Int128, hi)))...)
end
# A fraction of integers.
twice(::Type{T}, numerator::Integer, denominator::Integer) where {T} = twice(T, numerator) / twice(T, denominator)

# With the last `nb` bits of the greater part clear, its products with numbers of `nb` bits are exact.
function with_short_head(x::TwicePrecision{T}, nb::Int64) where {T}
    hi = without_last_bits(x.hi, nb)
    return TwicePrecision{T}(hi, (x.hi - hi) + x.lo)
end
without_last_bits(x::T, nb::Int64) where {T<:BitFloat} = (bits = bits_of(x); bitcast(T, bits & (~zero(bits) << nb)))

convert(::Type{TwicePrecision{T}}, x::TwicePrecision{T}) where {T} = x
convert(::Type{TwicePrecision{T}}, x::Number) where {T} = twice(convert(T, x))
float_of(x::TwicePrecision) = x.hi + x.lo
zero(::Type{TwicePrecision{T}}) where {T} = twice(zero(T))
iszero(x::TwicePrecision) = iszero(x.hi)
==(x::TwicePrecision, y::TwicePrecision) = x.hi == y.hi && x.lo == y.lo
hash(x::TwicePrecision, h::UInt64) = hash(x.lo, hash(x.hi, h))

-(x::TwicePrecision{T}) where {T} = TwicePrecision{T}(-x.hi, -x.lo)
function +(x::TwicePrecision{T}, y::T) where {T}
    hi, lo = sum_of_two(x.hi, y)
    return TwicePrecision{T}(sum_of_ordered(hi, lo + x.lo)...)
end
function +(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    hi = x.hi + y.hi
    lo = abs(x.hi) > abs(y.hi) ? (((x.hi - hi) + y.hi) + y.lo) + x.lo : (((y.hi - hi) + x.hi) + x.lo) + y.lo
    return TwicePrecision{T}(sum_of_ordered(hi, lo)...)
end
-(x::TwicePrecision{T}, y::T) where {T} = x + -y
-(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T} = x + -y
function *(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    hi, lo = product_of_two(x.hi, y.hi)
    made = TwicePrecision{T}(sum_of_ordered(hi, (x.hi * y.lo + x.lo * y.hi) + lo)...)
    return iszero(hi) || !isfinite(hi) ? TwicePrecision{T}(hi, hi) : made
end
*(x::TwicePrecision{T}, y::T) where {T} = iszero(y) ? TwicePrecision{T}(x.hi * y, x.lo * y) : x * twice(y)
function *(x::TwicePrecision{T}, n::Integer) where {T}
    iszero(n) && return TwicePrecision{T}(x.hi * n, x.lo * n)
    head = without_last_bits(x.hi, n_bits(abs(n) - one(n)))
    factor = convert(T, n)
    return TwicePrecision{T}(sum_of_ordered(head * factor, ((x.hi - head) + x.lo) * factor)...)
end
function /(x::TwicePrecision{T}, y::TwicePrecision{T}) where {T}
    hi = x.hi / y.hi
    head, rest = product_of_two(hi, y.hi)
    iszero(hi) || !isfinite(hi) ? (return TwicePrecision{T}(hi, hi)) : nothing
    lo = ((((x.hi - head) - rest) + x.lo) - hi * y.lo) / y.hi
    return TwicePrecision{T}(sum_of_ordered(hi, lo)...)
end
/(x::TwicePrecision{T}, y::T) where {T} = x / twice(y)
/(x::TwicePrecision{T}, n::Integer) where {T} = x / twice(convert(T, n))
