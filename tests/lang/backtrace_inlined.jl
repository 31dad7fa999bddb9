# Functions small enough to be inlined keep their own frames.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_inlined.jl") || continue
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

inner(x) = x > 3 ? throw(ArgumentError("large")) : x
middle(x) = inner(x + 1)
outer(x) = middle(x) +
    middle(x + 2)
@noinline function call_outer(x)
    return outer(x)
end
report() do
    call_outer(1)
end
report() do
    call_outer(3)
end
