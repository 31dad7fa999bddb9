# Division by zero, and the one quotient that does not fit.
function attempt(f)
    try
        println(f())
    catch e
        println(typeof(e), " ", e)
    end
end
attempt(() -> div(1, 0))
attempt(() -> rem(1, 0))
attempt(() -> mod(1, 0))
attempt(() -> fld(1, 0))
attempt(() -> div(typemin(Int64), -1))
attempt(() -> rem(typemin(Int64), -1))
attempt(() -> 0x01 % 0x00)
attempt(() -> 1.0 % 0.0)
