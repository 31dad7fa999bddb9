# Frames of top-level code.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_toplevel.jl") || continue
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

try
    error("top")
catch
    own_frames(catch_backtrace())
end

for k in 1:2
    try
        k == 2 &&
            error("loop")
    catch
        own_frames(catch_backtrace())
    end
end
let f = () -> error("let")
    try
        f()
    catch
        println(count(frame -> endswith(string(frame.file), "backtrace_toplevel.jl"), stacktrace(catch_backtrace())))
    end
end
