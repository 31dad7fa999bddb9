# Text that is no number.
function attempt(T, s)
    try
        println(parse(T, s))
    catch e
        println(sprint(showerror, e))
    end
end
attempt(Int, "12")
attempt(Int, " 12 ")
attempt(Int, "12a")
attempt(Int, "")
attempt(Int, "  ")
attempt(Int, "1.5")
attempt(Int, "9223372036854775807")
attempt(Int, "-9223372036854775808")
attempt(Int, "9223372036854775808")
attempt(Float64, "abc")
attempt(Float64, "Inf")
attempt(Float64, "")
