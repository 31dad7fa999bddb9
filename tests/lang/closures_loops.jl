# Each iteration has its own variables.
fs = Any[]
for i in 1:3
    push!(fs, () -> i)
end
println([f() for f in fs])
fs = Any[]
i = 0
while i < 3
    global i += 1
    j = i
    push!(fs, () -> j * 10)
end
println([f() for f in fs])
function boxed()
    fs = Any[]
    x = 1
    push!(fs, () -> x)
    x = 2
    push!(fs, () -> x)
    return [f() for f in fs]
end
println(boxed())
function inner_names()
    r = []
    for k in 1:2
        let k = k * 100
            push!(r, () -> k)
        end
    end
    [f() for f in r]
end
println(inner_names())
