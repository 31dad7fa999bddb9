# Primitive operations at every width, conversions, comparisons, shifts, division.

const INTS = Core.Intrinsics

fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
test_fib() = fib(15)

function sum_to(n)
    s = 0
    for i in 1:n
        s += i
    end
    s
end
test_sum() = sum_to(1000)

function collatz(n)
    steps = 0
    while n != 1
        n = n % 2 == 0 ? div(n, 2) : 3n + 1
        steps += 1
    end
    steps
end
test_collatz() = collatz(27)

divide(a, b) = div(a, b)
remainder(a, b) = rem(a, b)
test_division() = (divide(7, -2), remainder(7, -2), divide(-7, 2), remainder(-7, 2), remainder(typemin(Int64), -1))
throws_divide() = divide(1, 0)
throws_divide_overflow() = divide(typemin(Int64), -1)
throws_remainder() = remainder(1, 0)

shifts(x, n) = (x << n, x >> n, x >>> n)
test_shifts() = (shifts(-5, 1), shifts(-5, 63), shifts(-5, 64), shifts(-5, 200), shifts(5, 0))
test_shifts8() = shifts(Int8(-100), 3)

logic(a, b) = (a & b, a | b, xor(a, b), ~a)
test_logic() = (logic(12, 10), logic(true, false), logic(true, true))

bits(x) = (count_ones(x), leading_zeros(x), trailing_zeros(x))
test_bits() = (bits(40), bits(0), bits(-1))

floats(x, y) = (x + y, x - y, x * y, x / y, -x, abs(x), sqrt(abs(x)))
test_floats() = floats(-2.25, 4.0)
test_float_compare() = (1.0 < 2.0, 1.0 <= 1.0, 0.0 == -0.0, 0.0 === -0.0, NaN == NaN, NaN === NaN, NaN != NaN)
test_float_round() = (floor(2.5), ceil(2.5), trunc(-2.5), round(2.5), round(3.5))
test_float32() = (Float32(1.5) + Float32(2.25), Float32(0.1) * Float32(3))
test_elementary() = (sin(1.0), cos(1.0), exp(1.0), log(2.0), atan(1.0, 2.0))

mixed(n) = n + 0.5
test_mixed() = mixed(3)
test_convert() = (Float64(3), Int64(4.0), Int32(7), UInt8(200), Float32(0.5))
throws_inexact() = Int64(2.5)

unsigned_ops(a, b) = (a + b, a - b, a * b, a < b, div(b, a))
test_unsigned() = unsigned_ops(UInt8(3), UInt8(250))
wide(a, b) = (a + b, a * b, a < b, a == b)
test_int128() = wide(Int128(3), Int128(1) << 70)
test_int128_division() = div(Int128(1) << 70, Int128(3))
test_min_max() = (min(3, 4), max(3, 4), minmax_of(9, 2))
minmax_of(a, b) = a < b ? (a, b) : (b, a)

gcd_of(a, b) = b == 0 ? a : gcd_of(b, a % b)
test_gcd() = gcd_of(123456, 7890)
test_power() = 3^13
test_chars() = ('a' + 1, 'z' - 'a', 'a' < 'b', Int('x'))

checked_sum(x, y) = INTS.checked_sadd_int(x, y)
test_checked() = (checked_sum(1, 2), checked_sum(typemax(Int64), 1))
raw(x) = (INTS.trunc_int(Int8, x), INTS.zext_int(Int64, INTS.trunc_int(UInt8, x)), INTS.sext_int(Int64, INTS.trunc_int(Int8, x)))
test_raw() = raw(511)
test_bitcast() = (INTS.bitcast(Int64, 1.5), INTS.bitcast(Float64, 4609434218613702656))
saturate(x) = INTS.fptosi(Int64, x)
test_saturate() = (saturate(1e30), saturate(-1e30), saturate(3.9))
flip(x, y) = INTS.flipsign_int(x, y)
test_flip() = (flip(3, -1), flip(3, 1), flip(-3, -1))
fused(x, y, z) = (INTS.fma_float(x, y, z), INTS.muladd_float(x, y, z))
test_fused() = fused(0.1, 10.0, -1.0)
identical(x, y) = INTS.fpiseq(x, y)
test_identical() = (identical(0.0, -0.0), identical(NaN, NaN), identical(1.0, 1.0))

#> (fib, 12)
#> (collatz, 27)
#> (shifts, -5, 3)
#> (shifts, -5, 64)
#> (shifts, Int8(-100), 3)
#> (floats, -2.25, 4.0)
#> (floats, 1.5f0, 2.0f0)
#> (mixed, 3)
#> (unsigned_ops, UInt8(3), UInt8(250))
#> (wide, Int128(3), Int128(1) << 70)
#> (minmax_of, 9, 2)
#> (gcd_of, 123456, 7890)
#> (checked_sum, typemax(Int64), 1)
#> (raw, 511)
#> (flip, 3, -1)
#> (fused, 0.1, 10.0, -1.0)
#> (divide, 7, 0)
