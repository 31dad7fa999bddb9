# Number theory and digits.

function factorial(n::Integer)
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    n > 20 && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    result = 1
    for k in 2:n
        result *= k
    end
    return result
end
function binomial(n::T, k::T) where {T<:BitInteger}
    k < 0 && return zero(T)
    n < 0 && return (isodd(k) ? -1 : 1) * binomial(-n + k - one(T), k)
    k > n && return zero(T)
    k = min(k, n - k)
    # Every partial product is a binomial coefficient itself, so the division is exact.
    result = one(T)
    for i in 1:k
        result = div(checked_multiply(result, n - k + convert(T, i)), convert(T, i))
    end
    return result
end
binomial(n::Integer, k::Integer) = promoted(binomial, n, k)
function checked_multiply(a::T, b::T) where {T<:BitSigned}
    product, overflowed = checked_smul_int(a, b)
    overflowed && throw(OverflowError(string(a, " * ", b, " overflowed for type ", T)))
    return product
end
checked_multiply(a, b) = a * b

function digits(n::Integer; base::Integer = 10, pad::Integer = 1)
    result = Array{Int64,1}(undef, 0)
    left = n
    while left != 0
        push!(result, rem(left, base))
        left = div(left, base)
    end
    while length(result) < pad
        push!(result, 0)
    end
    return result
end
function ndigits(n::Integer; base::Integer = 10)
    count = 1
    left = div(n, base)
    while left != 0
        count += 1
        left = div(left, base)
    end
    return count
end

function powermod(x::Integer, n::Integer, m::Integer)
    result = mod(1, m)
    base = mod(x, m)
    while n > 0
        isodd(n) && (result = mod(result * base, m))
        base = mod(base * base, m)
        n = n >> 1
    end
    return result
end
# The greatest common divisor and what it is made of: `(d, u, v)` with `u*a + v*b == d`.
function gcdx(a::T, b::T) where {T<:BitInteger}
    s0, s1 = one(T), zero(T)
    t0, t1 = zero(T), one(T)
    while b != zero(T)
        q = div(a, b)
        a, b = b, a - q * b
        s0, s1 = s1, s0 - q * s1
        t0, t1 = t1, t0 - q * t1
    end
    return a < zero(T) ? (-a, -s0, -t0) : (a, s0, t0)
end
gcdx(a::Integer, b::Integer) = promoted(gcdx, a, b)
function invmod(n::Integer, m::Integer)
    d, x, y = gcdx(n, m)
    d == 1 || throw(DomainError((n, m), string("Greatest common divisor is ", d, ".")))
    return mod(x, m)
end
gcd(a::Integer, b::Integer, c::Integer, rest::Integer...) = gcd(gcd(a, b), c, rest...)
lcm(a::Integer, b::Integer, c::Integer, rest::Integer...) = lcm(lcm(a, b), c, rest...)
gcd(numbers::AbstractArray) = foldl(gcd, numbers)
lcm(numbers::AbstractArray) = foldl(lcm, numbers)
ispow2(n::Integer) = n > 0 && count_ones(n) == 1
function nextpow(a::Integer, x::Real)
    power = one(a)
    while power < x
        power *= a
    end
    return power
end
function prevpow(a::Integer, x::Real)
    power = one(a)
    while power * a <= x
        power *= a
    end
    return power
end

isapprox(x::Number, y::Number; atol::Real = 0, rtol::Real = atol > 0 ? 0 : default_tolerance(x, y)) =
    x == y || (isfinite(x) && isfinite(y) && abs(x - y) <= max(atol, rtol * max(abs(x), abs(y))))
default_tolerance(x::Integer, y::Integer) = 0
default_tolerance(x, y) = 1.4901161193847656e-8
function isapprox(a::AbstractArray, b::AbstractArray; keywords...)
    size(a) == size(b) || return false
    return all(i -> isapprox(a[i], b[i]; keywords...), 1:length(a))
end
≈(x, y) = isapprox(x, y)
≉(x, y) = !isapprox(x, y)

# Text of an integer in another base.
function string(n::Integer; base::Integer = 10, pad::Integer = 1)
    base == 10 && pad == 1 && return Core._integer_to_string(n)
    text = base == 10 ? Core._integer_to_string(abs(n)) : digits_text(n, base)
    return string(n < 0 ? "-" : "", repeat("0", max(0, pad - length(text))), text)
end
function digits_text(n, base)
    found = map(abs, digits(n, base = base))
    return String(UInt8[d < 10 ? 48 + d : 87 + d for d in reverse(found)])
end
function bitstring(x::T) where {T<:Union{BitInteger,BitFloat,Bool,Char}}
    io = IOBuffer()
    for k in (8 * Core.sizeof(T) - 1):-1:0
        print(io, bit_at(x, k) ? '1' : '0')
    end
    return take_string!(io)
end
bit_at(x::BitInteger, k) = (x >> k) & one(x) == one(x)
bit_at(x::Float64, k) = bit_at(bitcast(UInt64, x), k)
bit_at(x::Float32, k) = bit_at(bitcast(UInt32, x), k)
bit_at(x::Char, k) = bit_at(bitcast(UInt32, x), k)
bit_at(x::Bool, k) = k == 0 && x
