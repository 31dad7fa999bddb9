# Dotted calls and operators.
println([1, 2, 3] .+ 1, " ", [1, 2] .* [3, 4], " ", 2 .^ [1, 2, 3], " ", sqrt.([1.0, 4.0]))
f(x, y) = x + 10y
println(f.([1, 2], 3), " ", f.(1, [1, 2]), " ", f.([1, 2], [1 2]), " ", string.(["a", "b"], 1))
v = [1.0, 2.0]
v .+= 1
println(v)
v .= 0
println(v)
println([1, 2] .== [1, 3], " ", .!([true, false]), " ", (1, 2) .+ 1, " ", (1, 2) .* (3, 4))
println(sum([1, 2, 3] .^ 2), " ", abs.(-2:2), " ", (1:3) .* 2, " ", [1 2; 3 4] .+ [10, 20])
println([1, 2, 3] .> 2, " ", ifelse.([true, false], 1, 2), " ", max.([1, 5], [3, 2]), " ", 1 .+ 2)
x = [1, 2, 3]
println(x .+ x .* 2 .- 1, " ", @. x^2 + 1)
try
    [1, 2] .+ [1, 2, 3]
catch e
    println(typeof(e))
end
