# Fields and elements of unions of bits have a value before they are assigned: the first member's zero.

mutable struct Slots
    a::Union{Nothing,Int}
    b::Union{Int,Float64}
    c::Union{Missing,Bool}
    d::Any
    Slots() = new()
    Slots(a) = new(a)
end

function grown(n)
    v = Union{Nothing,Int}[]
    for i in 1:n
        resize!(v, 2i)
        v[i] = i
        push!(v, -i)
    end
    return v
end

function (@main)(args)
    s = Slots()
    println(s.a, " ", s.b, " ", s.c, " ", isdefined(s, :a), isdefined(s, :d))
    println(Slots(5).a, " ", Slots(5).b)
    v = Vector{Union{Nothing,Int}}(undef, 3)
    println(v, " ", v[2], " ", isassigned(v, 1), " ", count(isnothing, v))
    println(grown(3))
    println(Vector{Union{Int,Missing}}(undef, 2), " ", Matrix{Union{Int8,Bool}}(undef, 1, 2))
    println(isassigned(Vector{Union{Nothing,String}}(undef, 1), 1))
    println(similar(v, 1), " ", similar([1], Union{Float64,Nothing}, 2))
    return 0
end
