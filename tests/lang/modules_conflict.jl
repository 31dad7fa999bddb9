# A name that two used modules export means neither; the first use says so on standard error.
module A
export f, g
f() = 1
g() = 1
end
module B
export f, g
f() = 2
g() = 2
end
using .A
using .B
for attempt in 1:2
    try
        f()
    catch err
        println(attempt, " ", sprint(showerror, err))
    end
end
println(A.f(), B.f())
g() = 3
println(g(), A.g())
f() = 4
println(f())
