# Number theory and digits.

function gcd(a::T, b::T) where {T<:Integer}
    while b != zero(b)
        a, b = b, rem(a, b)
    end
    return checked_abs(a)
end
# The smallest number has no absolute value; its common divisor with most others has.
function gcd(a::T, b::T) where {T<:BitSigned}
    d = signed(gcd(magnitude(a), magnitude(b)))
    signbit(d) && throw(OverflowError(string("gcd(", a, ", ", b, ") overflows")))
    return d
end
# Where the common type is unsigned, sizes alone matter.
gcd(a::BitSigned, b::BitUnsigned) = promote_type(typeof(a), typeof(b)) <: Unsigned ? gcd(magnitude(a), b) : promoted(gcd, a, b)
gcd(a::BitUnsigned, b::BitSigned) = gcd(b, a)
lcm(a::BitSigned, b::BitUnsigned) = promote_type(typeof(a), typeof(b)) <: Unsigned ? lcm(magnitude(a), b) : promoted(lcm, a, b)
lcm(a::BitUnsigned, b::BitSigned) = lcm(b, a)
gcd(a::Bool, b::Bool) = a | b
lcm(a::Bool, b::Bool) = a & b
gcd(a::Integer) = checked_abs(a)
lcm(a::Integer) = checked_abs(a)
gcd(a::Real, b::Real) = promoted(gcd, a, b)
lcm(a::Real, b::Real) = promoted(lcm, a, b)
lcm(a::T, b::T) where {T<:Integer} = a == zero(T) ? a : b == zero(T) ? b : checked_abs(checked_mul(a, div(b, gcd(b, a))))
gcd(a::Real, b::Real, c::Real, rest::Real...) = gcd(gcd(a, b), c, rest...)
lcm(a::Real, b::Real, c::Real, rest::Real...) = lcm(lcm(a, b), c, rest...)
gcd(numbers::AbstractArray{T}) where {T<:Real} = fold_from(gcd, numbers, zero(T))
lcm(numbers::AbstractArray{T}) where {T<:Real} = fold_from(lcm, numbers, one(T))
function fold_from(f, numbers, result)
    for n in numbers
        result = f(result, n)
    end
    return result
end
# The greatest common divisor and what it is made of: `(d, u, v)` with `u*a + v*b == d`.
function gcdx(a::T, b::T) where {T<:Integer}
    s0, s1 = one(T), zero(T)
    t0, t1 = zero(T), one(T)
    while b != zero(T)
        q = div(a, b)
        a, b = b, rem(a, b)
        s0, s1 = s1, s0 - q * s1
        t0, t1 = t1, t0 - q * t1
    end
    return a < zero(T) ? (-a, -s0, -t0) : (a, s0, t0)
end
gcdx(a::Integer, b::Integer) = promoted(gcdx, a, b)
function gcdx(a::BitSigned, b::BitUnsigned)
    promote_type(typeof(a), typeof(b)) <: Unsigned || return promoted(gcdx, a, b)
    d, u, v = gcdx(magnitude(a), b)
    return (d, signbit(a) ? -u : u, v)
end
gcdx(a::BitUnsigned, b::BitSigned) = ((d, v, u) = gcdx(b, a); (d, u, v))
function invmod(n::T, m::T) where {T<:Integer}
    iszero(m) && throw(DomainError(m, "`m` must not be 0."))
    d, x, y = gcdx(n, m)
    d == 1 || throw(DomainError((n, m), string("Greatest common divisor is ", d, ".")))
    return mod(x, m)
end
invmod(n::Integer, m::Integer) = promoted(invmod, n, m)
function powermod(x::Integer, n::Integer, m::T) where {T<:Integer}
    n == 0 && return mod(one(m), m)
    n < 0 && return powermod(invmod(x, m), -n, m)
    (m == 1 || m == -1) && return zero(m)
    base = oftype(m, mod(x, m))
    result = one(m)
    while true
        isodd(n) && (result = oftype(m, mod(widemul(result, base), m)))
        n = n >> 1
        n == 0 && return result
        base = oftype(m, mod(widemul(base, base), m))
    end
end

# The whole part of the square root.
function isqrt(n::Integer)
    n < 0 && throw(DomainError(n, "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
    n == 0 && return n
    # Newton's iteration from above falls until it is there.
    r = one(n) << ((n_bits(n) + 1) >> 1)
    r <= 0 && (r = typemax(n) >> 1)
    while true
        next = (r + div(n, r)) >> 1
        next >= r && return r
        r = next
    end
end
isqrt(n::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}) = oftype(n, isqrt(convert(Int64, n)))
isqrt(n::Bool) = n
function isqrt(n::Int64)
    n < 0 && throw(DomainError(convert(Float64, n), "sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
    r = fptosi(Int64, sqrt_llvm(sitofp(Float64, n)))
    while r > 3037000499 || r * r > n
        r -= 1
    end
    while r < 3037000499 && (r + 1) * (r + 1) <= n
        r += 1
    end
    return r
end

factorial(n::Union{Int128,UInt128}) = factorial_found(n, n isa Int128 ? 33 : 34)
factorial(n::Union{Int64,UInt64}) = factorial_found(n, 20)
factorial(n::Union{Int32,UInt32}) = factorial_found(convert(Int64, n), 12)
factorial(n::Integer) = factorial(convert(Int64, n))
function factorial_found(n::T, most) where {T}
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    n > most && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    result = one(T)
    for k in 2:convert(Int64, n)
        result *= convert(T, k)
    end
    return result
end
function binomial(n::T, k::T) where {T<:Integer}
    k < 0 && return zero(T)
    n0, k0 = n, k
    is_negative = n < 0 && isodd(k)
    n < 0 && (n = -n + k - one(T))
    k > n && return zero(T)
    k = min(k, n - k)
    # Every partial product is a binomial coefficient itself, so the division is exact.
    result = one(T)
    i = one(T)
    while i <= k
        common = gcd(n - k + i, i)
        left = div(result, div(i, common))
        product, overflowed = mul_with_overflow(left, div(n - k + i, common))
        overflowed && throw(OverflowError(string("binomial(", n0, ", ", k0, ") overflows")))
        result = product
        i += one(T)
    end
    return is_negative ? -result : result
end
binomial(n::Integer, k::Integer) = promoted(binomial, n, k)

# Digits from the least, in any base but -1, 0 and 1; of negative numbers they are negative, unless the base is.
digits(n::Integer; base::Integer = 10, pad::Integer = 1) = digits(Int64, n, base = base, pad = pad)
function digits(::Type{T}, n::Integer; base::Integer = 10, pad::Integer = 1) where {T<:Integer}
    abs(base) < 2 && throw(DomainError(base, base < 0 ? "base must be < -1" : "base must be ≥ 2"))
    result = Array{T,1}(undef, 0)
    left = n
    while left != 0
        if base < 0
            digit = mod(left, -base)
            left = div(left - digit, base)
        else
            digit = rem(left, base)
            left = div(left, base)
        end
        push!(result, convert(T, digit))
    end
    while length(result) < pad
        push!(result, zero(T))
    end
    return result
end
function digits!(a::AbstractArray{T}, n::Integer; base::Integer = 10) where {T<:Integer}
    found = digits(T, n, base = base)
    for i in 1:length(a)
        a[i] = i <= length(found) ? found[i] : zero(T)
    end
    return a
end
function ndigits(n::Integer; base::Integer = 10, pad::Integer = 1)
    abs(base) < 2 && throw(DomainError(base, "The base must not be in `[-1, 0, 1]`."))
    return max(n == 0 ? 1 : digit_count(n, base), convert(Int64, pad))
end
function digit_count(n, base)
    count = 0
    left = n
    while left != 0
        left = base < 0 ? div(left - mod(left, -base), base) : div(left, base)
        count += 1
    end
    return count
end

ispow2(x::Integer) = x > 0 && count_ones(x) == 1
ispow2(x::Real) = isinteger(x) ? ispow2(convert(Int64, x)) : false
ispow2(x::BitFloat) = isfinite(x) && x > 0 && significand(x) == 1
# The power of `a` next to `x`, from below and from above. Powers of two have the type of `x`.
function nextpow(a::Real, x::Real)
    x <= 0 && throw(DomainError(x, "`x` must be positive."))
    a == 2 && x isa BitInteger && return x == 1 ? x : one(x) << n_bits(x - one(x))
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    return power_beside(a, x, (power, x) -> power < x)[2]
end
function prevpow(a::Real, x::Real)
    x < 1 && throw(DomainError(x, "`x` must be ≥ 1."))
    a == 2 && x isa BitInteger && return one(x) << (n_bits(x) - 1)
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    return power_beside(a, x, (power, x) -> power <= x)[1]
end
# The last power that is below and the first that is not; one that overflows is not.
function power_beside(a, x, is_below)
    last, power = one(a), one(a)
    while is_below(power, x)
        last = power
        power *= a
        (!isfinite(power) || power <= last) && break
    end
    return (last, power)
end

isapprox(x::Number, y::Number; atol::Real = 0, rtol::Real = atol > 0 ? 0 : default_tolerance(x, y)) =
    x == y || (isfinite(x) && isfinite(y) && abs(x - y) <= max(atol, rtol * max(abs(x), abs(y))))
default_tolerance(x::Integer, y::Integer) = 0
default_tolerance(x, y) = 1.4901161193847656e-8
function isapprox(a::AbstractArray, b::AbstractArray; keywords...)
    size(a) == size(b) || return false
    return all(i -> isapprox(a[i], b[i]; keywords...), 1:length(a))
end
const ≈ = isapprox
≉(x, y; keywords...) = !isapprox(x, y; keywords...)

# Text of an integer in another base.
function string(n::Integer; base::Integer = 10, pad::Integer = 1)
    base == 10 && pad <= 1 && return Core._integer_to_string(n)
    if base == 10
        text = Core._integer_to_string(n)
        n < 0 && (text = Core._substring(text, 2, ncodeunits(text)))
    else
        text = digits_text(n, base)
    end
    return string(n < 0 && base > 0 ? "-" : "", repeat("0", max(0, pad - length(text))), text)
end
string(b::Bool) = b ? "true" : "false"
function digits_text(n, base)
    2 <= abs(base) <= 62 || throw(DomainError(base, "base must be 2 ≤ base ≤ 62"))
    n == 0 && return "0"
    found = digits(n, base = base)
    bytes = Array{UInt8,1}(undef, length(found))
    for i in 1:length(found)
        bytes[length(found) + 1 - i] = digit_byte(abs(found[i]), abs(base))
    end
    return String(bytes)
end
# Up to base 36 letters are small; beyond, capital letters come first.
digit_byte(d, base) = convert(UInt8, d < 10 ? 48 + d : base <= 36 ? 87 + d : d < 36 ? 55 + d : 61 + d)
bitstring(x::PlainBits) = bits_text(x)
bitstring(x::T) where {T} = isprimitivetype(T) ? bits_text(x) : throw(ArgumentError(string(T, " not a primitive type")))
function bits_text(x)
    bits = bitcast(unsigned_of_size(Core.sizeof(x)), x)
    bytes = Array{UInt8,1}(undef, 8 * Core.sizeof(x))
    for k in length(bytes):-1:1
        bytes[k] = iseven(bits) ? 0x30 : 0x31
        bits = bits >> 1
    end
    return String(bytes)
end
unsigned_of_size(n) = n == 1 ? UInt8 : n == 2 ? UInt16 : n == 4 ? UInt32 : n == 8 ? UInt64 : UInt128
