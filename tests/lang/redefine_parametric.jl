# A method with type parameters is replaced; one with the same signature but other names of parameters is the same.
kind(x::Vector{T}) where T = string("vector of ", T)
kind(x::Dict{K,V}) where {K,V<:Number} = string(K, " to ", V)
kind(x) = "other"
same(x::T, y::T) where T = "same"
same(x, y) = "different"
kinds() = string(kind([1]), ", ", kind(Dict("a" => 1)), ", ", kind(Dict("a" => "b")), ", ", same(1, 2), ", ", same(1, "a"))

function (@main)(args)
    println(kinds(), " ", length(methods(kind)), " ", length(methods(same)))
    return 0
end
