# Constants: another value of the same type is accepted with a warning; another type is an error.
const a = 1
const a = 1
const a = 2
println(a)
function failing(expression)
    try
        eval(expression)
        println("accepted")
    catch e
        println(typeof(e), ": ", e.msg)
    end
end
failing(:(const a = 2.0))
failing(:(a = "s"))
failing(:(a = 5))
println(a)
f() = 1
failing(:(f = 2))
struct S end
failing(:(S = 3))
variable = 1
failing(:(const variable = 2))
failing(:(variable() = 3))
println(variable)
module Inner
x = 1
end
failing(:(Inner = 5))
println(Inner.x)
