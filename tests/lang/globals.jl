# Globals, constants, local scopes.
x = 1
f() = x
println(f())
x = 2
println(f())
function set()
    global x = 10
    global fresh = "made"
    return nothing
end
set()
println(x, fresh)
const C = 42
g() = C + 1
println(g())
function shadow()
    x = "local"
    return x
end
println(shadow(), x)
let x = 5
    println(x)
    x = 6
end
println(x)
for i in 1:2
    y_inside = i
end
println(@isdefined(y_inside), @isdefined(x))
h() = later
later = "defined after"
println(h())
a = b = 3
println(a, b)
a += 1; a *= 2; a -= 1; a ÷= 2
println(a)
