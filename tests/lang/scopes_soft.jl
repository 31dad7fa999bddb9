# The soft scope of a file: a loop's assignment to a name that is a global makes a new local; globals are seen in functions.
x = 1
for i in 1:2
    local x = i * 10
    print(x, " ")
end
println(x)
for i in 1:2
    global x
    x += i
end
println(x)
let
    x = 100
    x += 1
end
println(x)
function reads()
    return x
end
println(reads())
function shadows()
    x = 5
    return x
end
println(shadows(), x)
while x < 6
    global x += 1
end
println(x)
if true
    x = 7
end
println(x)
begin
    x = 8
end
println(x)
f() = (global x = 9; nothing)
f()
println(x)
y = [x for x in 1:2]
println(x, y)
try
    undefined_name
catch err
    println(err)
end
function closure_over_global()
    return () -> x
end
g = closure_over_global()
x = 10
println(g())
struct Holder
    f
end
h = Holder(() -> x + 1)
println(h.f())
for k in 1:3
    inner = k
    for j in 1:2
        inner += j
    end
    print(inner, " ")
end
println()
println(sum(let a = i; a^2 end for i in 1:3))
z = let
    p = 1
    q = p + 1
    p + q
end
println(z)
function nested(n)
    total = 0
    for i in 1:n
        for j in 1:i
            total += j
            if j == 2
                continue
            end
        end
    end
    total
end
println(nested(4))
function last_value()
    local v
    for i in 1:3
        v = i
    end
    v
end
println(last_value())
