# `include` evaluates a file where it stands.
include("included/part.jl")
println(from_part(20), " ", PART)
module Inside
include("included/part.jl")
end
println(Inside.from_part(1), " ", Inside.from_part === from_part)
