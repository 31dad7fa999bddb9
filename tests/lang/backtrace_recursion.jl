# Recursion has a frame for every level.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_recursion.jl") || continue
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

function down(n)
    if n == 0
        error("bottom")
    end
    return down(n - 1) + 1
end
ping(n) = n == 0 ? error("end") :
    pong(n - 1) + 1
pong(n) = ping(n) * 2
report(() -> down(4))
report(() -> ping(3))
