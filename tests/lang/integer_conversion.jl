# Conversions that would lose something throw.
function attempt(f)
    try
        println(f())
    catch e
        println(sprint(showerror, e))
    end
end
attempt(() -> Int8(127))
attempt(() -> Int8(128))
attempt(() -> UInt8(-1))
attempt(() -> UInt8(255))
attempt(() -> Int64(2.0))
attempt(() -> Int64(2.5))
attempt(() -> Int64(1e19))
attempt(() -> Int64(NaN))
attempt(() -> convert(Int32, 3000000000))
attempt(() -> Bool(2))
attempt(() -> Bool(1))
attempt(() -> convert(Int64, true))
attempt(() -> UInt64(-5))
attempt(() -> Int64(typemax(UInt64)))
