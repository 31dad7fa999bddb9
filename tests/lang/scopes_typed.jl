# Variables with declared types, constants, local and global names.
function f()
    x::Int = 1.0
    x = 2.0
    return x, typeof(x)
end
println(f())
function g()
    local y::Float64
    y = 3
    return y
end
println(g())
function h(v)
    z::UInt8 = v
    return z
end
println(h(200))
try
    h(300)
catch e
    println(e)
end
const limit = 10
println(limit)
function late()
    local a, b = 1, 2
    local c
    c = a + b
    return c
end
println(late())
counter = 0
function bump()
    global counter += 1
    global fresh = counter * 10
    return nothing
end
bump(); bump()
println(counter, " ", fresh)
function nested_global()
    let
        global deep = 42
    end
end
nested_global()
println(deep)
let x = 1
    let x = x + 1
        println(x)
    end
    println(x)
end
let a = 1, b
    b = 2
    println(a + b)
end
let (p, q) = (1, 2), r = p + q
    println(p, q, r)
end
let f(x) = x + 1
    println(f(1))
end
x = 1
y = let x = 5
    x + 1
end
println(x, y)
for outer_value in 1:2
    local t = outer_value
    println(t)
end
println(@isdefined(t))
begin
    visible = 1
end
println(visible)
if true
    from_if = 3
end
println(from_if)
function outer_loop()
    i = 0
    for outer i in 1:5
        i == 3 && break
    end
    return i
end
println(outer_loop())
v = [i for i in 1:3]
println(@isdefined(i))
function no_leak()
    for k in 1:2
        inside = k
    end
    return @isdefined(inside)
end
println(no_leak())
function try_scope()
    try
        only_inside = 1
    catch
    end
    return @isdefined(only_inside)
end
println(try_scope())
