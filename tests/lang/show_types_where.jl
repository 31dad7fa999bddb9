# Types with variables.
println(Vector{<:Number}, " ", Tuple{Vararg{Int64}}, " ", NTuple{2,String})
println(Dict{String,T} where T, " ", Array{<:Real,2}, " ", Tuple{T,T} where T<:Integer)
println(Union{Nothing,Vector{Int64}}, " ", Type{<:Number}, " ", Tuple{Int64,Vararg{String}})
