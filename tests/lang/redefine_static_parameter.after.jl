main(String[])
kind(x::Vector{T}) where {T<:Integer} = string("integers ", T)
main(String[])
kind(x::Vector{S}) where {S<:Real} = string("REAL ", S)
main(String[])
kind(x::Vector) = "vector"
