# `Main` is a name in every module, and names the module that programs begin in.
counter = 1
outer(x) = x + 1
module A
helper(x) = Main.outer(x)
module B
read() = Main.counter
inner() = Main.A.helper(10)
end
end
baremodule Bare
top() = Main.counter
end
println(A.helper(1), " ", A.B.read(), " ", A.B.inner(), " ", Bare.top())
counter = 5
println(A.B.read(), " ", Main === A.Main === Main.Main, " ", Main.A.B === A.B)
module C
import Main.outer
import ..A: helper
using Main.A.B
both() = (outer(2), helper(3), B.read())
end
println(C.both())
@eval Main.A later() = Main.counter * 2
println(A.later())
try
    A.B.Main.missing_name
catch err
    println(err)
end
println(parentmodule(A.B), " ", parentmodule(A), " ", parentmodule(Main))
