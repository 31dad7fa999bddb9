# Fields, construction with conversion, mutation, constness.
struct P
    x::Float64
    y
end
p = P(1, "s")
println(p.x, " ", p.y, " ", typeof(p.x))
mutable struct Q
    n::Int64
    next::Union{Q,Nothing}
end
q = Q(1, nothing)
q.n += 5
q.n = 2.0
q.next = Q(9, nothing)
println(q.n, " ", q.next.n, " ", q.next.next === nothing)
try
    q.n = 1.5
catch e
    println(typeof(e))
end
try
    q.n = "a"
catch e
    println(typeof(e))
end
try
    p.x = 2.0
catch e
    println(typeof(e))
end
try
    P(1)
catch e
    println(typeof(e))
end
try
    P("a", 1)
catch e
    println(typeof(e))
end
println(fieldnames(Q), " ", nfields(q), " ", getfield(q, :n), " ", fieldtype(P, :x))
setfield!(q, :n, 77)
println(q.n)
