# `hash`: equal values (by `isequal`) have equal hashes, whatever their types.

hash(x) = hash(x, 0x0000000000000000)
hash(x, h::UInt64) = mixed(Core.objectid(x) - 0x0000000000000003 * h)
hash(x::Int64, h::UInt64) = mixed(bitcast(UInt64, x)) - 0x0000000000000003 * h
hash(x::Union{Bool,Int8,Int16,Int32,UInt8,UInt16,UInt32}, h::UInt64) = hash(convert(Int64, x), h)
hash(x::UInt64, h::UInt64) = mixed(x) - 0x0000000000000003 * h
# Beyond 64 bits an integer that a float can be hashes as the float.
function hash(x::Union{Int128,UInt128}, h::UInt64)
    typemin(Int64) <= x <= typemax(Int64) && return hash(x % Int64, h)
    0 <= x <= typemax(UInt64) && return hash(x % UInt64, h)
    y = Float64(x)
    y == x && return hash(y, h)
    return hash(x % UInt64, hash((x >> 64) % UInt64, h))
end
hash(x::Union{Float16,Float32}, h::UInt64) = hash(Float64(x), h)
function hash(x::Float64, h::UInt64)
    # A whole number hashes as the integer it equals.
    if isinteger(x) && !(x == 0.0 && signbit(x))
        -9.223372036854776e18 <= x < 9.223372036854776e18 && return hash(fptosi(Int64, x), h)
        0.0 <= x < 1.8446744073709552e19 && return hash(fptoui(UInt64, x), h)
    end
    isnan(x) && return mixed(0x7ff8000000000000) - 0x0000000000000003 * h
    return mixed(bitcast(UInt64, x)) - 0x0000000000000003 * h
end
# A fraction that a float can be hashes as the float.
function hash(x::Rational, h::UInt64)
    isone(x.den) && return hash(x.num, h)
    if iszero(x.den) || ispow2(x.den)
        y = Float64(x)
        y == x && return hash(y, h)
    end
    return hash(x.num, hash(x.den, h))
end
hash(c::Char, h::UInt64) = mixed(zext_int(UInt64, bitcast(UInt32, c)) + 0xd4d64234) - 0x0000000000000003 * h
hash(s::String, h::UInt64) = Core._string_hash(s, h)
hash(s::Symbol, h::UInt64) = Core._string_hash(String(s), h + 0x5ac3b2a1d4e6f789)
function hash(t::Tuple, h::UInt64)
    h += 0x77cfa1eef01bca90
    for i in nfields(t):-1:1
        h = hash(getfield(t, i), h)
    end
    return h
end
hash(t::NamedTuple{names}, h::UInt64) where {names} = hash(names, hash(values(t), h))
hash(p::Pair, h::UInt64) = hash(p.second, hash(p.first, h + 0x2bb8b7d2d1f0c2a1))
function hash(a::AbstractArray, h::UInt64)
    h += 0x7e2d6fb6448beb77
    h = hash(size(a), h)
    for x in a
        h = hash(x, h)
    end
    return h
end

# Every bit of the result depends on every bit of the argument; invertible.
function mixed(a::UInt64)
    a = ~a + (a << 21)
    a = xor(a, a >> 24)
    a = a + (a << 3) + (a << 8)
    a = xor(a, a >> 14)
    a = a + (a << 2) + (a << 4)
    a = xor(a, a >> 28)
    return a + (a << 31)
end
