# Expressions with operators: parentheses where they bind otherwise.
show_all(list) = foreach(x -> println(x), list)
show_all([
    :(a + b * c), :((a + b) * c), :(a - (b - c)), :(a - b - c), :(a + b + c), :(a * b / c), :(a / (b * c)),
    :(a ^ b ^ c), :((a ^ b) ^ c), :(a ^ -b), :((-a) ^ 2), :(-a ^ 2), :((-1) ^ x), :(-(x + y)), :(!a), :(!f(x)), :(!(a == b)),
    :(-a.b), :(~x), :(√x), :(+a), :(a == b == c), :(a < b <= c), :(a < (b < c)), :((a < b) & c), :(a & b | c), :(a in b),
    :(a ∈ b), :(a isa B), :(a => b => c), :((a => b) => c), :(a:b), :(a:b:c), :(1:n + 1), :((a:b) + c), :(a |> f |> g),
    :(a // b), :(a << b), :(a % b), :(a ÷ b), :(a ∘ b), :(a ⊕ b ⊗ c), :(a ≤ b), :(a !== b), :(a >>> b), :(a && b && c),
    :((a || b) && c), :(a || b && c), :(a && (b = c)), :(a = b = c), :(a += b), :(a ~ b), :(a <: B), :(a >: B), :(f ∘ g),
])
