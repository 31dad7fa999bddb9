# Copies, shallow and deep.
a = [[1], [2]]
b = copy(a)
c = deepcopy(a)
a[1][1] = 9
println(b, " ", c, " ", b[1] === a[1], c[1] === a[1])
mutable struct Node
    value::Int64
    items::Vector{Int64}
    Node(v) = new(v)
    Node(v, items) = new(v, items)
end
n = Node(1, [1, 2])
m = deepcopy(n)
n.items[1] = 100
println(m.items, " ", m.value, " ", m === n, " ", isdefined(deepcopy(Node(3)), :items))
d = Dict("k" => [1])
e = deepcopy(d)
push!(d["k"], 2)
println(e, " ", deepcopy((1, "a", [3])), " ", deepcopy("s"))
