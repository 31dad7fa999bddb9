# macroexpand, @macroexpand, @macroexpand1, gensym.
macro add1(x) :($(esc(x)) + 1) end
macro add2(x) :(@add1(@add1($(esc(x))))) end
ex = macroexpand(Main, :(@add1 y))
println(ex.head, " ", ex.args[2], " ", ex.args[3])
println((@macroexpand @add1 z).args[2])
e2 = @macroexpand @add2 z
println(e2.args[2].args[2])
e1 = @macroexpand1 @add2 z
println(e1.head)
println(macroexpand(Main, :(1 + 2)) == :(1 + 2))
println(macroexpand(Main, :x) === :x)
macro tmpvar(x) quote local t = $(esc(x)); t + t end end
e = @macroexpand @tmpvar t
names_ = [a.args[1].args[1] for a in e.args if a isa Expr && a.head === :local]
println(length(names_), " ", names_[1] === :t)
println(gensym() == gensym(), " ", gensym("a") isa Symbol)
@gensym p q
println(p != q, " ", p isa Symbol)
a, b = gensym("x"), gensym("x")
println(a === b)
macro withsym(v)
    s = gensym("s")
    quote
        $(esc(s)) = $(esc(v))
        $(esc(s)) * 3
    end
end
println(@withsym 4)
