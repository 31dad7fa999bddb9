# Calls, indexing, properties, type parameters.
for x in [:(f()), :(f(x, y)), :(f(x...)), :(f(x, y...; z...)), :(f(; a)), :(f(x; y = 1)), :(f(x, y = 1)), :(f(x)(y)), :(f(x).y),
          :(f(x)[1]), :(a.b), :(a.b.c), :(a.b(c)), :(a.b[1].c), :(a[1, 2]), :(a[]), :(a[end]), :(a[begin:end]), :(a[:, 1]),
          :(a{T}), :(a{T}(c)), :(A{<:B}), :(A{T,S}.x), :((f ∘ g)(x)), :(map(+, x)), :(f(+, -)), :(a = +), :((+)(a, b...)),
          :((x -> y)(z)), :(a'), :((a + b)'), :(f(x)'), :(a' * b), :(x.y = 2), :(x[1] += 2), :(f(a => b, c)), :(f((a, b))), :(f(:a))]
    println(Base.remove_linenums!(Expr(:block, x)).args[1])
end
