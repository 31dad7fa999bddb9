main(String[])
pick(a, b::Int64) = "any int"
main(String[])
println(pick("a", 2), "; ", pick(1, "b"))
pick(a::Int64, b::Int64) = "int int"
