# Modules made by a call, bare modules, code evaluated in what is no module.
println(Module(:abc), " ", nameof(Module(:abc)), " ", Module())
m = Module(:work)
Core.eval(m, :(x = 1 + 1))
println(m.x, " ", Core.eval(m, :(map(abs, [-1]))))
println(parentmodule(m))
try
    Core.eval(1, :x)
catch e
    println(typeof(e))
end
baremodule Bare
y = Int
end
println(isdefined(Bare, :eval), " ", isdefined(Bare, :include), " ", isdefined(Bare, :Core), " ", isdefined(Bare, :Base))
println(Bare.y)
baremodule Own
using Base
eval(x) = Core.eval(Own, x)
end
println(Own.eval(:(1 + 2)))
counter = 0
macro bump()
    :(global counter += 10)
end
@bump
println(counter)
macro m end
println(var"@m")
