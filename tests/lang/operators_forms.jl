# Operators as functions, user-defined operators, chains, short circuits, pipes, composition.
println(+(1, 2, 3), " ", *(2, 3), " ", -(5), " ", (-)(5, 3), " ", (+)(1), " ", !(true))
⊗(a, b) = a * 10 + b
println(1 ⊗ 2, " ", 1 ⊗ 2 ⊗ 3, " ", ⊗(3, 4))
a ⪯ b = a <= b
println(1 ⪯ 2)
∇(x) = x + 0.5
println(∇(1))
println(1 < 2 < 3, " ", 1 < 3 > 2, " ", 1 == 1.0 != 2, " ", 3 > 2 > 2)
function chain()
    n = 0
    next() = (n += 1)
    r = next() < next() < next() < 0 < next()
    return r, n
end
println(chain())
println(1:3 == [1, 2, 3], " ", 2 in 1:3, " ", 2 ∈ [1], " ", 4 ∉ 1:3, " ", !(1 in 2:3))
println(1 === 1, " ", 1 === 1.0, " ", "a" === "a", " ", [1] === [1], " ", 1 !== 2)
println(1 isa Int, " ", isa(1, Number), " ", Int <: Integer, " ", Integer >: Int, " ", <:(Int, Real))
println((1:3) |> sum |> sqrt |> x -> round(x, digits = 2))
println((sqrt ∘ abs)(-4), " ", (string ∘ +)(1, 2), " ", ∘(uppercase, string, abs)(-3))
println(filter(!isodd, 1:5), " ", (!isempty)([1]), " ", map(!, [true]))
function early(x)
    x > 0 || return "not positive"
    x > 100 && return "large"
    for i in 1:x
        i == 3 && break
        i == 2 && continue
        print(i, ",")
    end
    return "ok"
end
println(early(0), early(200), early(5))
x = 5
println(x > 3 ? "big" : "small", " ", x > 10 ? 1 : x > 4 ? 2 : 3)
println(true && 5, " ", false || "right", " ", true && false || 7)
y = (x == 5) && "yes"
println(y)
println(2x, " ", 2x^2, " ", 3(x + 1), " ", (x)x, " ", -2x, " ", 2^3x, " ", 1 / 2x)
println(2^-1, " ", -2^2, " ", (-2)^2, " ", 2^3^2, " ", 10 % 3, " ", 7 ÷ 2, " ", -7 % 3, " ", 1 // 3)
println(~5, " ", 5 & 3, " ", 5 | 3, " ", 5 ⊻ 3, " ", 1 << 3, " ", -8 >> 1, " ", -1 >>> 60)
z = 1
z += 2; z *= 3; z -= 1; z ÷= 3; z ^= 3; z <<= 1; z |= 1; z &= 7; z ⊻= 2; z %= 4
println(z)
w = 7.0
w /= 2
println(w)
s = "a"
s *= "b"
s ^= 2
println(s)
println(:a => 1 => 2, " ", (1 => 2).second)
println((a = 1, b = 2).b, " ", (; x, y = 3))
println(map(+, [1, 2], [3, 4]), " ", reduce(*, 1:5), " ", foldr(-, 1:4), " ", foldl(-, 1:4))
println(Base.:+(1, 2), " ", Base.:(==)(1, 1), " ", (:)(1, 3))
const plus = +
println(plus(1, 2), " ", plus === +)
struct V2
    x
    y
end
Base.:+(a::V2, b::V2) = V2(a.x + b.x, a.y + b.y)
Base.:-(a::V2) = V2(-a.x, -a.y)
Base.:*(k::Number, a::V2) = V2(k * a.x, k * a.y)
Base.:(==)(a::V2, b::V2) = a.x == b.x && a.y == b.y
Base.adjoint(a::V2) = "adjoint"
Base.:<(a::V2, b::V2) = a.x < b.x
Base.isless(a::V2, b::V2) = a.x < b.x
println(V2(1, 2) + V2(3, 4), -V2(1, 2), 2V2(1, 2), V2(1, 2) == V2(1, 2), V2(1, 2) != V2(1, 2), V2(1, 2)', V2(1, 2) > V2(0, 0))
println(sort([V2(3, 1), V2(1, 1)]), maximum([V2(3, 1), V2(4, 1)]))
f = x -> y -> x + y
println(f(1)(2))
println((x -> x + 1) ∘ (x -> 2x) |> g -> g(5))
println(+(1:3...), " ", max([3, 1, 2]...))
println(ifelse(true, 1, 2), " ", xor(true, false), " ", true ⊻ true)
