# Throwing out of loops, generators and higher-order functions.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_loops.jl") || continue
        frame.func in (:own_frames, :report) && continue
        println("  ", startswith(string(frame.func), "#") ? "anonymous" : frame.func, " ", frame.line)
    end
end
function report(f)
    try
        f()
    catch e
        println(typeof(e))
        own_frames(catch_backtrace())
    end
end

function check(x)
    x == 3 && error("three")
    return x
end
function loop(n)
    s = 0
    for k in 1:n
        s += check(k)
    end
    return s
end
function mapped(v)
    return map(check, v)
end
function generated(v)
    return sum(check(x) for x in v)
end
function comprehended(v)
    return [check(x)
            for x in v]
end
report(() -> loop(5))
report(() -> mapped([1, 2, 3]))
lines_of(f) = try
    f()
catch
    [frame.line for frame in stacktrace(catch_backtrace()) if frame.func === :check]
end
println(lines_of(() -> generated([3])))
println(lines_of(() -> comprehended([3])))
