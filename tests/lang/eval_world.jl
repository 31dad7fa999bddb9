# A function does not see methods defined while it runs.
function define_and_call()
    eval(:(late() = "late"))
    try
        late()
    catch e
        println(typeof(e))
    end
    println(Core.eval(Main, :(late())))
end
define_and_call()
println(late())
old(x) = "old"
function redefine()
    eval(:(old(x) = "new"))
    old(1)
end
println(redefine())
println(old(1))
println(eval(:(old(1))))
function through_eval()
    eval(:(fresh(x) = x + 1))
    eval(:(fresh(1)))
end
println(through_eval())
