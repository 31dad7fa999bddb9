# Methods with static parameters, replaced by ones with other bounds.
kind(x::Vector{T}) where {T} = string("vector of ", T)
kind(x::Vector{T}) where {T<:Real} = string("real vector of ", T)
all_kinds() = string(kind([1]), ", ", kind(["a"]), ", ", kind([1.5]))

function (@main)(args)
    println(all_kinds())
    return 0
end
