# Functions with keyword and default arguments.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_keywords.jl") || continue
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

@noinline function body(x; scale = 1, offset)
    scale == 0 &&
        error("no scale")
    return scale * x + offset
end
function caller(x)
    return body(x; scale = 0, offset = 2)
end
function missing_one(x)
    y = body(x; scale = 2)
    return y
end
# Bodies of functions with keywords have names of their own: lines tell enough.
function lines_of(f)
    try
        f()
    catch e
        println(typeof(e))
        return [frame.line for frame in stacktrace(catch_backtrace()) if endswith(string(frame.file), "backtrace_keywords.jl")]
    end
end
println(lines_of(() -> caller(1))[1])
println(25 in lines_of(() -> caller(1)))
println(28 in lines_of(() -> missing_one(1)))
