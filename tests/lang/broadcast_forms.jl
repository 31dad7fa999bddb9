# Broadcasting: fusion, in place, scalars, tuples, Ref, rows against columns, user types.
a = [1, 2, 3]
println(a .+ 1, " ", 2 .* a, " ", a .^ 2, " ", a ./ 2)
println(sin.([0.0]), " ", max.(a, 2), " ", string.(a, "x"))
println(a .+ [10 20], " ", [1 2; 3 4] .* [1, 10], " ", [1 2; 3 4] .+ [5 6])
println((1, 2, 3) .+ 1, " ", (1, 2) .* (3, 4), " ", a .+ (1, 2, 3))
a .+= 1
println(a)
a .= 0
println(a)
a .= [4, 5, 6] .* 2
println(a)
a[2:3] .= 1
println(a)
a[1:2] .+= [10, 20]
println(a)
m = zeros(Int, 2, 2)
m[:, 1] .= [1, 2]
m[2, :] .= 7
println(m)
println(in.(1:3, Ref([1, 3])))
println(in.(1:3, ([1, 3],)))
println(length.(["a", "bb", "ccc"]))
println(("a", "b") .* "c")
println([1, 2] .== [1, 3], " ", [1, 2] .< 2, " ", .![true, false])
println(typeof([1, 2] .== [1, 3]))
f(x, y = 1; z = 0) = x + y + z
println(f.([1, 2]), f.([1, 2], 10), f.([1, 2]; z = 100), f.([1, 2], [3, 4]; z = 1))
println((x -> x^2).(1:3))
println(identity.(5), " ", (+).(1, 2))
println(@. a + 2 * a^2)
@. a = a - 1
println(a)
println(abs.(-3:3))
println((1:3) .+ 1, " ", 2 .* (1:3), " ", (1:3) .* (1:3))
println([1, 2, 3] .|> x -> x + 1)
println(1:3 .|> [x -> x + 1, x -> x * 2, string])
println(broadcast(+, [1, 2], [3, 4]), " ", broadcast((x, y) -> x * y, 2, [1 2]))
println(ifelse.([true, false], 1, 2))
println([[1, 2], [3]] .|> sum)
println(Int.([1.0, 2.0]), Float64.(1:2))
println(convert.(Float64, [1, 2]))
println(tuple.(1:2, ["a", "b"]))
println(.-[1, 2], " ", .+(1, [2]))
println(1 .< [1, 2, 3] .<= 2)
println([1 2 3]' .+ [1 2 3])
try
    [1, 2] .+ [1, 2, 3]
catch e
    println(typeof(e))
end
struct Money
    cents::Int
end
Base.broadcastable(m::Money) = Ref(m)
Base.:+(a::Money, b::Int) = Money(a.cents + b)
println(Money(5) .+ [1, 2])
println(nothing .=== [nothing, 1])
println([1, 2, missing] .+ 1)
println(Dict(1 => 2) |> d -> get.(Ref(d), [1, 2], 0))
println([true, false] .& [true, true], [true, false] .| true, xor.([true], [false, true]))
println(zero.(["", 1][2:2]))
s = 0
s = s .+ 1
println(s)
println(string.(["a", "b"], ["c" "d"]))
println((a = [1, 2] .* 2; a[1] = 5; a))
println(first.([(1, 2), (3, 4)]), last.(["ab", "cd"]))
