# Endless recursion is an exception that can be caught.
endless(n) = 1 + endless(n + 1)
try
    endless(0)
catch e
    println(typeof(e))
end
println("still here")
