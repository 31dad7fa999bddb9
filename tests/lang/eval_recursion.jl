# Recursion through expansion and eval, errors of evaluation, and modules' own eval.
macro cnt(n) n == 0 ? 0 : :(1 + @cnt $(n - 1)) end
println(@cnt 100)
f(n) = n == 0 ? 1 : eval(:(f($(n - 1)) + 1))
println(f(50))
g(n) = eval(:(g($n + 1)))
try
    g(1)
catch e
    println(typeof(e))
end
function h()
    try
        include_string(Main, "x = \n)")
    catch e
        println(typeof(e))
    end
end
h()
try
    eval(:(break))
catch e
    println(typeof(e))
end
println(eval(:(quote a + $(1 + 1) end)).args[end] == :(a + 2))
println(eval(Expr(:block)) === nothing)
println(Base.eval(:(1 + 1)))
@eval Base new_in_base() = 42
println(Base.new_in_base())
baremodule Bare
x = 1
end
println(Core.eval(Bare, :x))
println(@isdefined(eval), Main.eval === eval)
