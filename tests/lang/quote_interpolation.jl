# $ in quotes: values, code, lists, nested quotes.
x = 5
ys = [:a, :b, 3]
println(:(1 + $x) == Expr(:call, :+, 1, 5))
println(:(f($(ys...))) == Expr(:call, :f, :a, :b, 3))
println(:(f($ys...)).args[2].head)
println(:([$(ys...), $x]).args == [:a, :b, 3, 5])
n = :name
println(:($n.field) == Expr(:., :name, QuoteNode(:field)))
fld = :fff
println(:(obj.$fld) == Expr(:., :obj, QuoteNode(:fff)))
println(:($n = 1).args[1], " ", :(function $n() end).args[1].args[1])
q = :(:($$x + 1))
println(q.head, " ", eval(q) isa Expr)
nested = :(quote; $($x); end)
inner = eval(nested)
println(inner.args[end])
println(:($(Expr(:call, :+, 1, 2)) * 3) == :((1 + 2) * 3))
println(eval(:(let $n = 2; $n^3 end)))
println(:(:a) == QuoteNode(:a), :(:(a + b)).head)
println(:($(QuoteNode(:z))) == QuoteNode(:z))
f(a) = :(g($a, $(a + 1)))
println(f(1) == :(g(1, 2)))
kw = Expr(:kw, :k, 9)
println(eval(:(((; k = 1) -> k)($kw))))
sum3 = quote
    $(map((i) -> :($(Symbol(:a, i)) = $i), 1:3)...)
    a1 + a2 + a3
end
println(eval(sum3))
println(:("text $x and $(1 + 1)").head)
println(:($x) === 5, " ", :($(nothing)) === nothing)
println(:(T where {$(ys[1:2]...)}).args)
println(:(a.b.c).args[1].args[2].value)
println(eval(:(Dict($([:($k => $v) for (k, v) in [("p", 1), ("q", 2)]]...))))["q"])
