# Anything can be thrown.
println("before")
throw((1, "two"))
