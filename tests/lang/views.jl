# Views share their parent's elements.
a = [1, 2, 3, 4]
v = view(a, 2:3)
v[1] = 20
println(a, " ", v, " ", sum(v), " ", length(v))
m = [1 2; 3 4]
row = view(m, 1, :)
row[2] = 9
println(m, " ", row, " ", collect(view(m, :, 1)))
a[1:2] .= 0
m[:, 1] .+= 10
println(a, " ", m)
a[3:4] = [7, 8]
m[2, :] = [5, 6]
println(a, " ", m)
println([sum(r) for r in eachrow(m)], [sum(c) for c in eachcol(m)])
