# Types print as they are written.
println(Int64, " ", Vector{Int64}, " ", Array{Float64,2}, " ", Array{Int,3})
println(Tuple{Int64,String}, " ", Tuple{}, " ", " ", NTuple{3,Int64})
println(Union{Int64,String}, " ", Union{}, " ", Type{Int64}, " ", Any)
println(typeof(1:3), " ", typeof((1, 2.0)), " ", typeof([1.5]), " ", typeof([1 2]))
println(Int64 <: Integer, " ", typeof(Int64), " ", typeof(Union{Int64,String}), " ", typeof(Vector))
println(supertype(Int64))
