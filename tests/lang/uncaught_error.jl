# An uncaught exception ends the program with status 1.
println("before")
function fail(n)
    n > 2 && error("too large: ", n)
    return n
end
println(fail(1))
println(fail(3))
println("never")
