# The stack trace of an uncaught exception: every frame of the program, also of what is inlined.
check(x) = x > 2 ? error("too large") : x
total(v) = sum(check(x) for x in v)

function run(v)
    for k in 1:3
        v = push!(v, k)
    end
    return apply(check, v)
end
function apply(f, v)
    s = 0
    for x in v
        s += f(x)
    end
    return s
end

run(Int[])
