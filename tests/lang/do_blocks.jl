# `do` blocks pass a function first.
twice(f, x) = f(f(x))
println(twice(3) do x
    x + 1
end)
println(map([1, 2], [3, 4]) do a, b
    a * b
end)
result = sum(1:3) do x
    y = x^2
    y + 1
end
println(result)
with(f) = f("resource")
with() do r
    println("using ", r)
end
println(filter([1, 2, 3, 4]) do x
    iseven(x) || return false
    x > 2
end |> first, " ", findfirst(x -> x > 2, [1, 2, 3]))
println(sprint() do io
    print(io, "made ", 1)
end, " ", ntuple(3) do i
    2i
end)
d = Dict("a" => 1)
println(get(d, "b") do
    42
end, " ", get!(d, "c") do
    3
end, " ", d["c"])
