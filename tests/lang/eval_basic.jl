# eval, Core.eval, @eval, evaluation in other modules, of definitions and modules.
println(eval(:(1 + 2 * 3)))
println(eval(4), eval(:sym_val === :x), eval("s"), eval(QuoteNode(:q)))
x = 10
println(eval(:x), eval(:(x + 1)))
eval(:(y = x * 2))
println(y)
eval(:(sq(a) = a^2))
println(sq(5))
module M
z = 5
getz() = z
end
println(M.eval(:z), Core.eval(M, :(z + 1)))
Core.eval(M, :(z = 50))
println(M.getz())
@eval M newf() = z + 1
println(M.newf())
for (name, op) in ((:plus, :+), (:times, :*))
    @eval $name(a, b) = $op(a, b)
end
println(plus(2, 3), " ", times(2, 3))
@eval struct Gen
    a::Int
    b::String
end
println(Gen(1, "x").b)
ex = :(module Dyn
    export w
    w = 3
    f(x) = x + w
end)
eval(ex)
println(Dyn.f(1))
eval(:(using .Dyn))
println(w)
eval(Expr(:toplevel, :(q1 = 1), :(q2 = q1 + 1)))
println(q1, q2)
eval(:(const K = 7))
println(K)
function viafun()
    eval(:(global gg = 12))
    gg
end
println(viafun())
T = Float64
println(eval(:($T[1, 2])), eval(:(Vector{$Int}(undef, 0))))
f = x -> x + 1
println(eval(:($f(41))))
println(eval(Expr(:call, :+, 1, Expr(:call, *, 2, 3))))
println(@eval begin
    p = 1
    p + 1
end)
println(M.eval(:(x -> x + z))(1))
