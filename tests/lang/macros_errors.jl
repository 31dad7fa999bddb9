# What macros throw, seen by the code that evaluates them.
macro bad(x) error("bad macro: ", x) end
macro picky(x::Int) x end
function try_eval(ex)
    try
        eval(ex)
    catch e
        print(typeof(e), ": ")
        e isa LoadError && print(typeof(e.error), ": ", e.error isa ErrorException ? e.error.msg : "")
        println()
    end
end
try_eval(:(@bad 1))
try_eval(:(@no_such_macro 1))
try_eval(:(@picky "s"))
try_eval(:(@picky 1 2))
try
    macroexpand(Main, :(@bad 2))
catch e
    println(typeof(e))
end
try_eval(Expr(:call))
println("still here")
