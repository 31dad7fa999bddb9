# What arithmetic on mixed widths gives.
println(typeof(Int8(1) + Int8(1)), " ", typeof(Int8(1) + 1), " ", typeof(UInt8(1) + Int8(1)))
println(typeof(Int32(1) * 2), " ", typeof(true + true), " ", typeof(1 + true), " ", typeof(1.0 + true))
println(typeof(Int32(1) / Int32(2)), " ", typeof(1f0 + 1), " ", typeof(1f0 + 1.0))
println(typeof(UInt8(1) << 2), " ", typeof(UInt64(1) + 1), " ", typeof(Int128(1) + UInt64(1)))
println(1 == 1.0, " ", 1 === 1.0, " ", 1 == true, " ", 0x01 == 1, " ", UInt8(200) == Int8(-56))
println(-1 < 0x01, " ", typemax(UInt64) > -1, " ", typemax(UInt64) == -1)
println(promote(1, 2.5), " ", promote(0x01, 2), " ", promote_type(Int8, Float32))
