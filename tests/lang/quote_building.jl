# Code put together by hand, and evaluated.
f = Expr(:function, Expr(:call, :built, :x, Expr(:kw, :y, 2)), Expr(:block, :(x * y)))
eval(f)
println(built(3), " ", built(3, 4))
eval(Expr(:struct, false, :BuiltS, Expr(:block, :(a::Int), :b)))
println(BuiltS(1, 2).b)
loop = Expr(:for, :(i = 1:3), Expr(:block, :(push!(seen, i^2))))
seen = Int[]
eval(loop)
println(seen)
println(eval(Expr(:if, :(1 < 2), "yes", "no")))
println(eval(Expr(:comprehension, Expr(:generator, :(k + 1), :(k = 1:3)))))
println(eval(Expr(:let, :(q = 4), Expr(:block, :(q * q)))))
println(eval(Expr(:tuple, 1, :(1 + 1), "three")))
println(eval(Expr(:., :(Base), QuoteNode(:max)))(1, 9))
println(eval(Expr(:ref, [10, 20], 2)))
println(eval(Expr(:(=), :assigned, 5)), assigned)
println(eval(Expr(:->, :z, :(z + 1)))(1))
println(eval(Expr(:call, :sum, Expr(:..., :([[1, 2, 3]])))))
println(eval(Expr(:string, "a", :(1 + 1), "b")))
println(eval(Expr(:&&, true, false)), eval(Expr(:comparison, 1, :<, 2, :<, 3)))
diff(ex::Symbol, x) = ex === x ? 1 : 0
diff(ex::Number, x) = 0
function diff(ex::Expr, x)
    op, a, b = ex.args
    op === :+ ? :($(diff(a, x)) + $(diff(b, x))) : :($(diff(a, x)) * $b + $a * $(diff(b, x)))
end
x = 3
println(eval(diff(:(x * x + 2 * x), :x)))
