# Mutable structs: identity, fields of every kind, nested updates, equality, copies.
mutable struct Counter
    n::Int
    label::String
end
c = Counter(0, "c")
c.n += 1
c.n = c.n * 10
c.label *= "!"
println(c.n, c.label)
d = c
d.n = 99
println(c.n, c === d, c == Counter(99, "c!"))
mutable struct Wide
    a::Float64
    b::Union{Nothing,Int}
    c::Vector{Any}
    d
end
w = Wide(1, nothing, [], :sym)
w.a = 2
w.b = 5
push!(w.c, w.b)
w.d = w.c
println(w.a, w.b, w.c, w.d === w.c)
struct Outer
    inner::Counter
    items::Dict{Symbol,Counter}
end
o = Outer(c, Dict(:x => Counter(1, "x")))
o.inner.n = 5
o.items[:x].n += 41
o.items[:y] = Counter(2, "y")
println(c.n, o.items[:x].n, length(o.items))
try
    c.n = "text"
catch e
    println(typeof(e))
end
try
    c.missing_field
catch e
    println(typeof(e))
end
try
    c.missing_field = 1
catch e
    println(typeof(e))
end
println(getfield(c, :n), getfield(c, 1), setfield!(c, :n, 7), c.n, fieldnames(Counter), hasproperty(c, :n), propertynames(c))
mutable struct Lazy
    value
    Lazy() = new()
end
l = Lazy()
println(isdefined(l, :value))
l.value = 3
println(isdefined(l, :value), l.value)
function total(cs)
    s = 0
    for x in cs
        s += x.n
        x.n = 0
    end
    return s
end
cs = [Counter(i, "") for i in 1:3]
println(total(cs), total(cs))
mutable struct LinkedList
    head::Any
end
Base.push!(l::LinkedList, x) = (l.head = (x, l.head); l)
Base.iterate(l::LinkedList, s = l.head) = s === nothing ? nothing : s
Base.length(l::LinkedList) = count(_ -> true, (x for x in l))
Base.IteratorSize(::Type{LinkedList}) = Base.SizeUnknown()
ll = LinkedList(nothing)
push!(ll, 1)
push!(ll, 2)
println(collect(ll))
