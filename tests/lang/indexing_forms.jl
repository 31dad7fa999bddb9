# Indexing: begin and end, nested, in ranges, with calls; overloads; updates evaluate their parts once.
v = [10, 20, 30, 40]
println(v[end], v[begin], v[end - 1], v[begin + 1], v[end ÷ 2])
println(v[2:end], v[begin:2], v[end:-1:1], v[[1, end]])
m = [1 2 3; 4 5 6]
println(m[end, end], m[1, end], m[end, 1], m[end], m[:, end], m[begin, :], m[end, 2:end])
i = [1, 2]
println(v[i[end]], v[i[end] + 1], v[length(i):end], v[v[1] ÷ 10 + i[end]])
println(v[min(end, 10)], v[max(begin, -5)])
s = "héllo"
println(s[end], s[begin:end], s[nextind(s, 2):end])
t = (1, 2, 3)
println(t[end], t[2:end], t[begin])
v[end] = 99
v[begin] += 1
println(v)
d = Dict(:a => [1, 2, 3])
d[:a][end] += 10
println(d[:a])
function once()
    n = 0
    idx() = (n += 1)
    a = [1, 2, 3]
    a[idx()] += 10
    a[idx()] *= 5
    return a, n
end
println(once())
mutable struct Box
    items::Vector{Int}
    name::String
end
b = Box([1, 2], "b")
function get_box()
    print("(got)")
    b
end
get_box().items[end] += 5
get_box().name *= "!"
println(b.items, b.name)
struct Grid
    data::Dict{Tuple{Int,Int},Int}
end
Base.getindex(g::Grid, i, j) = get(g.data, (i, j), 0)
Base.setindex!(g::Grid, v, i, j) = (g.data[(i, j)] = v)
Base.lastindex(g::Grid, d) = 10d
Base.firstindex(g::Grid, d) = d
Base.lastindex(g::Grid) = 100
Base.getindex(g::Grid, i) = i
Base.axes(g::Grid, d) = d:10d
g = Grid(Dict{Tuple{Int,Int},Int}())
g[1, 2] = 5
g[1, 2] += 1
g[3, 3] -= 4
println(g[1, 2], g[3, 3], g[9, 9])
g[end, end] = 8
println(g.data[(10, 20)], g[end], g[begin, end])
struct Virtual
    store::Dict{Symbol,Any}
end
Base.getproperty(v::Virtual, name::Symbol) = name === :store ? getfield(v, :store) : get(getfield(v, :store), name, "none")
Base.setproperty!(v::Virtual, name::Symbol, x) = (getfield(v, :store)[name] = x)
Base.propertynames(v::Virtual) = (:dynamic,)
w = Virtual(Dict())
w.color = "red"
w.size = 3
w.size += 1
println(w.color, w.size, w.missing_one, propertynames(w))
splat = (2, 3)
println(m[splat...], m[:, 2:3][end])
a = [[1, 2], [3, 4]]
a[1][2], a[2][1] = 7, 8
println(a)
a[end][end] = 100
println(a[2])
r = 1:10
println(r[end], r[2:3:end], r[end - 2:end])
println([1, 2, 3][[true, false, true]], v[v .> 25])
println(getindex(v, 1), setindex!(v, 5, 2))
c = "abc"
println(c[1:end - 1], c[end:end])
x = [1, 2, 3]
y = x[end] = 6
println(x, y)
println(let a = [1, 2, 3]; a[begin:end][end] end)
println(Int[], Int[1, 2][end])
z = [i for i in 1:5]
z[z[end] - 1] = 0
println(z)
