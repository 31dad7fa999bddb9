# Ranges: elements, length, printing, membership.
r = 1:5
println(r, " ", collect(r), " ", length(r), " ", first(r), last(r), " ", r[2], " ", sum(r), " ", r[2:3])
s = 1:2:10
println(s, " ", collect(s), " ", length(s), " ", step(s), " ", last(s), " ", s[end])
println(10:-3:1, " ", collect(10:-3:1), " ", collect(5:1), " ", length(5:1), " ", isempty(3:2), " ", 5:1)
println(3 in 1:5, 6 in 1:5, 2 in 1:2:9, 3 in 1:2:9, " ", 2.0 in 1:3)
println(0.0:0.25:1.0, " ", collect(0.0:0.25:1.0), " ", length(0:0.1:1), " ", collect(0:0.1:0.3), " ", last(0:0.1:1))
println(reverse(1:3), " ", collect(reverse(1:2:5)), " ", maximum(1:5), minimum(1:5), " ", (1:3) == [1, 2, 3], " ", (1:3) == (1:3))
println(typeof(1:3), " ", typeof(1:2:5), " ", 'a':'c', " ", collect('a':'c'), " ", eltype(1:3), " ", map(x -> x^2, 1:3))
println(UInt8(1):UInt8(3), " ", typeof(Int32(1):Int32(3)), " ", collect(range(1, 10, length = 4)), " ", range(1, stop = 5, step = 2))
for i in 3:-1:1
    print(i, " ")
end
for x in 0.5:0.5:1.5
    print(x, " ")
end
println()
println((1:3) .+ 1, " ", 2 * (1:3), " ", (1:3) + (2:4), " ", -(1:3), " ", 1:3 |> collect, " ", argmax(1:3))
println(collect(typemax(Int64)-1:typemax(Int64)), " ", isempty(1:0), " ", vcat(1:2, 5:6), " ", [1:3;])
