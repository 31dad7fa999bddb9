# Pairs of methods that are ambiguous, and ones that a third method resolves.
f(a::Int64, b) = 1
f(a, b::Int64) = 2
g(a::Int64, b) = 1
g(a, b::Int64) = 2
g(a::Int64, b::Int64) = 3
h(a::Int64) = 1
h(a::String) = 2
k(a::Vector{<:Real}) = 1
k(a::Vector{<:Integer}) = 2
by_types(f, types) = first(m for m in methods(f) if m.sig == Tuple{typeof(f),types...})
pairs_of(f) = [Base.isambiguous(a, b) for a in methods(f) for b in methods(f)]
println(any(pairs_of(f)), " ", any(pairs_of(g)), " ", any(pairs_of(h)), " ", any(pairs_of(k)))
println(Base.isambiguous(which(f, (Int64, String)), which(f, (String, Int64))))
println(g(1, 2), " ", applicable(f, 1, 2), " ", applicable(f, 1, "x"), " ", hasmethod(f, (Int64, Int64)))
println(Base.morespecific(Tuple{Int64}, Tuple{Integer}), " ", Base.morespecific(Tuple{Any}, Tuple{Int64}))
