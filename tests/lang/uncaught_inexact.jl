println(Int8(100))
println(Int8(1000))
