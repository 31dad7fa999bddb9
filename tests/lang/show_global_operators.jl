# Operators of modules, as hygiene makes them, print between their arguments.
println(:( $(GlobalRef(Main,:+))(a,b) ))
println(:( $(GlobalRef(Main,:-))(a) ))
println(:( $(GlobalRef(Base,:<))(a, b) && x))
println(:( $(GlobalRef(Base,:println))(a, b)))
println(:( $(GlobalRef(Base,:+))(a, b, c) * 2))
println(:( $(GlobalRef(Base,:in))(a, b)))
println(Expr(:call, GlobalRef(Base,:!), :a))
println(Expr(:comparison, :a, GlobalRef(Base,:<), :b))
macro m(x) :(y + $(esc(x))) end
println(@macroexpand @m 1)
println(Expr(:(+=), :x, 1), " ", Expr(:call, :(Base.:+), 1, 2))
