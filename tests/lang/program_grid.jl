# Arrays of one's own: matrices stored by rows, lazy and wrapped views, a periodic vector, a histogram with offsets.
# prints at top level
struct RowMatrix{T} <: AbstractMatrix{T}
    data::Vector{T}
    columns::Int
    function RowMatrix(data::Vector{T}, columns::Integer) where {T}
        length(data) % columns == 0 || throw(DimensionMismatch("$(length(data)) elements do not fill rows of $columns"))
        return new{T}(data, columns)
    end
end
Base.size(m::RowMatrix) = (length(m.data) ÷ m.columns, m.columns)
@inline function Base.getindex(m::RowMatrix, i::Int, j::Int)
    @boundscheck checkbounds(m, i, j)
    @inbounds m.data[(i-1)*m.columns+j]
end
Base.@propagate_inbounds Base.setindex!(m::RowMatrix, x, i::Int, j::Int) = m.data[(i-1)*m.columns+j] = x
Base.similar(m::RowMatrix, ::Type{T}, dims::Dims{2}) where {T} = RowMatrix(Vector{T}(undef, prod(dims)), dims[2])

struct Periodic{T,V<:AbstractVector{T}} <: AbstractVector{T}
    parent::V
end
Periodic(v::AbstractVector{T}) where {T} = Periodic{T,typeof(v)}(v)
Base.size(p::Periodic) = size(p.parent)
Base.IndexStyle(::Type{<:Periodic}) = IndexLinear()
Base.getindex(p::Periodic, i::Int) = p.parent[mod1(i, length(p.parent))]
Base.checkbounds(::Type{Bool}, ::Periodic, i) = true
Base.setindex!(p::Periodic, x, i::Int) = (p.parent[mod1(i, end)] = x)

struct Mapped{T,F,A<:AbstractArray} <: AbstractArray{T,1}
    f::F
    parent::A
end
Mapped(f, a::AbstractArray) = Mapped{typeof(f(first(a))),typeof(f),typeof(a)}(f, a)
Base.size(m::Mapped) = (length(m.parent),)
Base.getindex(m::Mapped, i::Int) = m.f(m.parent[i])

struct Identity <: AbstractMatrix{Int}
    n::Int
end
Base.size(I::Identity) = (I.n, I.n)
Base.getindex(I::Identity, i::Int, j::Int) = Int(i == j)
Base.:*(::Identity, v::AbstractVector) = v

mutable struct Histogram
    edges::StepRange{Int,Int}
    counts::Vector{Int}
end
Histogram(edges) = Histogram(edges, zeros(Int, length(edges) - 1))
Base.push!(h::Histogram, x) = (h.counts[searchsortedlast(h.edges, x)] += 1; h)
Base.append!(h::Histogram, xs) = foldl(push!, xs; init=h)
Base.iterate(h::Histogram, i=1) = i > length(h.counts) ? nothing : ((h.edges[i]:h.edges[i+1]-1) => h.counts[i], i + 1)
Base.length(h::Histogram) = length(h.counts)

dot_of(a, b) = sum(x * y for (x, y) in zip(a, b))

m = RowMatrix(collect(1:6), 3)
println(m, " ", size(m), " ", m[2, 1], " ", m[2], " ", m[:, 2], " ", m[1, :], " ", m[end, end], " ", length(m))
display(m)
m[1, 3] = 30
m[2] = 40
println(m.data, " ", sum(m), " ", maximum(m), " ", sum(m; dims=1), " ", m .+ 1, " ", m * [1, 1, 1], " ", m')
println(typeof(similar(m)), " ", typeof(m .* 2.0), " ", typeof(copy(m)), " ", typeof(m[:, 1:2]), " ", typeof(map(abs, m)))
println(m == [1 2 30; 40 5 6], " ", findall(>(5), m), " ", findfirst(==(5), m), " ", [x for x in m], " ", vec(m), " ", reverse(m; dims=2))
println(collect(eachindex(m))[1:2], " ", IndexStyle(m), " ", CartesianIndices(m)[3], " ", LinearIndices(m)[2, 3])
for bad in (() -> m[3, 1], () -> m[7], () -> RowMatrix([1, 2, 3], 2), () -> m[0, 0])
    try
        bad()
    catch e
        println(sprint(showerror, e))
    end
end
p = Periodic(collect('a':'e'))
println(String([p[i] for i in -2:8]), " ", p[7], " ", length(p), " ", String(p[4:7]), " ", p[[0, 6]])
p[6] = 'z'
println(p, " ", reverse(p), " ", p[end], " ", join(p), " ", 'z' in p, " ", eltype(p), " ", view(p, 2:3))
s = Mapped(x -> x^2, 1:5)
println(s, " ", sum(s), " ", s[2:3], " ", s .+ s, " ", dot_of(s, 1:5), " ", sort(s; rev=true), " ", typeof(s) <: AbstractVector{Int})
println(Identity(2), " ", Identity(3) * [1, 2, 3], " ", Identity(2) * [1 2; 3 4], " ", Identity(2) == [1 0; 0 1], " ", sum(Identity(9)))
show(stdout, MIME"text/plain"(), Identity(3))
println()

function (@main)(args)
    h = append!(Histogram(0:10:40), [3, 14, 15, 9, 26, 5, 35, 8, 9, 7])
    for (r, n) in h
        println(lpad(r, 6), " ", "*"^n)
    end
    println(collect(h), " ", argmax(h.counts))
    try
        push!(h, 99)
    catch e
        println(sprint(showerror, e))
    end
    try
        Mapped(abs, 1:2)[1] = 5
    catch e
        println(sprint(showerror, e) != "")
    end
end
