# Closures and functions passed as values.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_closures.jl") || continue
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

function apply(f, x)
    return f(x)
end
function make(n)
    function check(x)
        x == n && error("found")
        return x
    end
    return check
end
function run_all(f)
    for k in 1:5
        apply(f, k)
    end
end
try
    run_all(make(3))
catch
    own_frames(catch_backtrace())
end
