# Chains evaluate each operand once; equality, identity, order.
n(x) = (print("<", x, ">"); x)
println(n(1) < n(2) < n(3))
println(n(3) < n(2) < n(1))
println(1 < 2 == 2 < 3, " ", 1 == 1.0 == 1, " ", 3 > 2 >= 2 != 1)
println("a" === "a", " ", :a === :a, " ", [1] == [1], " ", [1] === [1], " ", (1, 2) === (1, 2))
println(isequal([1, NaN], [1, NaN]), " ", [1, NaN] == [1, NaN])
println(isless(1, 2), isless("a", "b"), isless((1, 2), (1, 3)), isless([1, 2], [1]))
println((1, 2) < (1, 3), " ", (1,) < (1, 0), " ", (2, 0) < (1, 9))
mutable struct M
    x::Int64
end
a = M(1)
println(a == M(1), a === a, a == a, M(1) !== a)
struct S
    x::Int64
end
println(S(1) == S(1), S(1) === S(1), S(1) != S(2))
println(1 != 2, 1 ≠ 1, 1 ≤ 2, 2 ≥ 3, 1 ∈ [1, 2], 3 ∉ [1, 2])
println(cmp(1, 2), cmp(2, 1), cmp("b", "a"), cmp(1, 1))
println(minmax(3, 1), clamp(5, 1, 3), clamp(-1, 1, 3), clamp(2, 1, 3), max(1, 2.5), min(1, 2, 0))
