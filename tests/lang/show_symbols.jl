# Symbols as they are quoted in a program.
for s in [:a, :+, :(=), :(==), :(:), :(::), :(=>), :!, :a!, :_x, :é, :∈, :⊕, Symbol("a b"), Symbol("1a"), Symbol(""), Symbol("a.b"),
          :end, :if, :&&, :||, :->, :..., :√, Symbol("@m"), Symbol("#1#2"), :x₁, :nothing, Symbol("a\"b")]
    print(repr(s), " ", s, ", ")
end
println()
println([:a, :+], (:a, Symbol("x y")), :a => :b, Any[:c])
