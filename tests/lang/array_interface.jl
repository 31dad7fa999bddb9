# A user's own array type needs `size` and `getindex`; the rest follows.
struct Squares <: AbstractVector{Int64}
    count::Int64
end
Base.size(s::Squares) = (s.count,)
Base.getindex(s::Squares, i::Int64) = i^2
s = Squares(4)
println(s, " ", length(s), " ", s[3], " ", s[end], " ", sum(s), " ", collect(s), " ", s[2:3], " ", maximum(s))
println([x + 1 for x in s], " ", s .+ 1, " ", 9 in s, " ", s == [1, 4, 9, 16], " ", reverse(s), " ", map(sqrt, s))
struct Grid <: AbstractMatrix{Int64}
    n::Int64
end
Base.size(g::Grid) = (g.n, g.n)
Base.getindex(g::Grid, i::Int64, j::Int64) = 10i + j
g = Grid(2)
println(size(g), " ", g[2, 1], " ", length(g), " ", g[1, :], " ", g * [1, 1])
mutable struct Ring <: AbstractVector{Float64}
    data::Vector{Float64}
end
Base.size(r::Ring) = size(r.data)
Base.getindex(r::Ring, i::Int64) = r.data[mod1(i, length(r.data))]
Base.setindex!(r::Ring, x, i::Int64) = (r.data[mod1(i, length(r.data))] = x)
r = Ring([1.0, 2.0, 3.0])
r[4] = 9
println(r, " ", r[5], " ", sort(r), " ", r[1] == 9.0)
