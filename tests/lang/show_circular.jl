# An object inside itself prints how many levels up it began.
a = Any[1]
push!(a, a)
println(a)
b = Any[a, 2]
println(b)
d = Dict{Any,Any}()
d[1] = d
println(d)
mutable struct Node
    value
    next
end
n = Node(1, nothing)
n.next = n
println(n)
m = Node(2, Any[n])
n.value = m
println(m)
println((n,))
