# let blocks, local and global names, loops at top level.
let a = 1, b = a + 1
    println(a, b)
end
x = 0
for i in 1:3
    global x += i
end
println(x)
function f()
    y = 1
    let y = 2
        y += 1
        println(y)
    end
    for i in 1:2
        y += i
    end
    if true
        z = y
    end
    return y, z
end
println(f())
function g()
    local v
    for i in 1:3
        v = i
    end
    return v
end
println(g())
function h()
    s = 0
    for s in 1:3
    end
    return s
end
println(h())
k = 10
r = [k for k in 1:3]
println(k, r)
begin
    in_begin = 1
end
println(in_begin)
