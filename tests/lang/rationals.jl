# Fractions.
println(1 // 2 + 1 // 3, " ", 2 // 4, " ", 3 // -6, " ", 1 // 2 * 4, " ", (1 // 2) / (1 // 4), " ", -(1 // 2), " ", 6 // 3)
println(1 // 2 == 0.5, 1 // 2 < 2 // 3, 1 // 2 == 2 // 4, 2 // 1 == 2, " ", float(1 // 4), " ", 1 // 2 + 0.5, " ", typeof(1 // 2))
println(numerator(3 // 4), denominator(3 // 4), " ", (2 // 3)^2, " ", inv(2 // 3), " ", abs(-1 // 2), " ", floor(Int, 7 // 2), " ", Int(4 // 2))
println([1 // 2, 1 // 3], " ", sum([1 // 2, 1 // 3]), " ", max(1 // 2, 1 // 3), " ", zero(1 // 2), one(1 // 2), " ", 1 // 0)
try
    0 // 0
catch e
    println(sprint(showerror, e))
end
try
    Int(1 // 2)
catch e
    println(typeof(e))
end
