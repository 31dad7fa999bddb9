# Expressions as values: heads, arguments, equality, mutation.
ex = :(a + b * 2)
println(ex.head, " ", length(ex.args), " ", ex.args[1], " ", typeof(ex.args[3]))
println(typeof(:a), " ", typeof(:(1)), " ", typeof(:("s")), " ", typeof(:(:a)), " ", typeof(quote end))
ex.args[1] = :-
println(eval(quote a = 10; b = 3; $ex end))
ex.head = :vect
println(ex.head === :vect)
push!(ex.args, 5)
println(length(ex.args))
println(:(f(x)) == :(f(x)), :(f(x)) == :(f(y)), :(f(x)) === :(f(x)))
println(Expr(:call, :+, 1, 2) == :(1 + 2))
println(hash(:(f(x))) == hash(:(f(x))))
c = copy(ex)
push!(c.args, 1)
println(length(ex.args), length(c.args))
println(isequal(QuoteNode(:a), QuoteNode(:a)), QuoteNode(1) == QuoteNode(2))
b = quote
    x = 1
    y
end
println(b.head, " ", length(b.args), " ", b.args[1] isa LineNumberNode, " ", b.args[2].head)
println(:(x -> x).args[2].head, " ", :(f(; a=1)).args[2].head, " ", :(x[1]).head, " ", :(x.y).args[2].value)
println(:(if a; b; else c; end).head, " ", :(for i in 1:2; end).args[1].head)
println(:(@m x).args[1], " ", length(:(@m x).args))
println(:(a = 1).head, " ", :(a += 1).head, " ", :(a && b).head, " ", :(a < b < c).head, " ", :(a...).head)
println(Meta.isexpr(:(f(x)), :call), Meta.isexpr(:(f(x)), :call, 2), Meta.isexpr(:x, :call), Meta.isexpr(:(a = b), (:(=), :call)))
println(Meta.quot(:a) == Expr(:quote, :a))
try
    Expr("call")
catch e
    println(typeof(e))
end
println(LineNumberNode(3).line, " ", LineNumberNode(3, :f).file)
g = GlobalRef(Base, :sin)
println(g.name, " ", g.mod, " ", eval(g) === sin)
