# Bitwise operators and shifts, negative and over-long shift counts included.
println(12 & 10, " ", 12 | 10, " ", 12 ⊻ 10, " ", ~12)
println(1 << 3, " ", 1 << 63, " ", 1 << 64, " ", 1 << -1, " ", 8 << -2)
println(-8 >> 1, " ", -8 >>> 1, " ", -1 >> 64, " ", -1 >>> 64, " ", -1 >>> 60)
println(0xf0 >> 4, " ", 0x0f << 4, " ", 0xff << 8, " ", ~0x0f)
println(count_ones(255), " ", leading_zeros(1), " ", trailing_zeros(8), " ", count_ones(-1), " ", leading_zeros(0))
println(true & false, " ", true | false, " ", xor(true, true), " ", !true)
println(0b1010, " ", 0o17, " ", 0xff, " ", 0x1234)
println(typeof(0x1), " ", typeof(0x123), " ", typeof(0x12345), " ", typeof(0x123456789))
