# An exception out of an included file says where each file was.
println("before")
include("included/throws.jl")
