# Plain calls: each frame has its function and the line of its call.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_calls.jl") || continue
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

@noinline function third(x)
    x > 0 || return 0
    error("third")
end
@noinline function second(x)
    y = x + 1
    return third(y) + 1
end
@noinline function first_one(x)
    z = second(x)

    return z
end

report() do
    first_one(1)
end
report(() -> first_one(
    2))
