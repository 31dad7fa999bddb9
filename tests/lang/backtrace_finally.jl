# An exception that passes a finally block keeps its trace; rethrow does too.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_finally.jl") || continue
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

@noinline fails() = error("here")
function with_finally()
    try
        fails()
    finally
        1 + 1
    end
end
function with_rethrow()
    try
        fails()
    catch
        rethrow()
    end
end
function replaced()
    try
        fails()
    catch e
        throw(ArgumentError("other"))
    end
end
report(with_finally)
report(with_rethrow)
report(replaced)
