# A global with a declared type converts what it is given.
total::Float64 = 3
println(total)
total = 4
println(total, " ", typeof(total))
f() = (global total = 5)
println(f(), " ", total)
try
    global total = "text"
catch e
    println(typeof(e))
end
println(total)
