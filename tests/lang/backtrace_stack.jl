# The exceptions being handled, each with its own trace.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_stack.jl") || continue
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

@noinline one() = error("one")
@noinline two() = throw(KeyError(2))
function nested()
    try
        one()
    catch
        try
            two()
        catch
            return current_exceptions()
        end
    end
end
for (exception, trace) in nested()
    println(exception)
    own_frames(trace)
end
println(length(current_exceptions()))
