# Ranges.
println(1:5, 1:2:9, 5:-1:1, 0.0:0.1:0.5, 'a':'e', collect(1:0), length(1:0), 3:2, collect('a':2:'e'))
println(collect(0:0.25:1), range(0, 1, length = 5), range(1, 10, step = 3), LinRange(0, 1, 3) |> collect, step(1:3:10), first(2:5), last(1:3:9), length(1:3:9))
println(3 in 1:5, 2.5 in 1:5, 4 in 1:2:9, 5.0 in 1:5, (1:5)[2], (1:10)[2:3], (1:10)[end], (1:2:9)[[1, 3]], reverse(1:3), sum(1:100), maximum(1:3:8), minimum(5:-1:2))
println((1:3) .+ 1, (1:3) * 2, (1:3) + (1:3), -(1:3), 2 .* (1:3) .+ 1, (1:3) == [1, 2, 3], (1:3) == (1:3), 1:3 == 1:1:3, isempty(5:4), issubset(1:2, 1:5), intersect(1:5, 3:8), collect(1:3) isa Vector{Int})
println(typeof(1:3), typeof(1:2:3), typeof(Int8(1):Int8(3)), eltype(0.5:1), Base.OneTo(3), collect(Base.OneTo(2)), axes([1, 2], 1), UnitRange(1, 3), StepRange(1, 2, 5))
for i in 10:-3:1
    print(i, " ")
end
for x in 0.1:0.1:0.3
    print(x, " ")
end
println()
println(findfirst(==(3), 1:5), map(x -> x^2, 1:3), filter(isodd, 1:5), [i for i in 1:2:5], reduce(+, 1:4), collect(Iterators.reverse(1:3)), searchsortedfirst(1:2:9, 4), sort(3:-1:1), unique(1:3), extrema(1:4), argmax(1:3))
try
    (1:3)[4]
catch e
    println(typeof(e))
end
try
    1:0:3
catch e
    println(e)
end
println(length(1:typemax(Int)), length(0x01:0xff), UInt8(1):UInt8(3), (1:3)', Set(1:3) == Set([3, 2, 1]), vcat(1:2, 5:6), [1:3;], [1:3...], hash(1:3) == hash([1, 2, 3]), accumulate(+, 1:3), cumsum(1:4), diff([1, 3, 6]))
println(range(1, stop = 5), range(0, stop = 1, length = 3), range(5, length = 3), mod.(1:5, 2), clamp.(1:5, 2, 4), isodd.(1:3), (1:4)[isodd.(1:4)])
