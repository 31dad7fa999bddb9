# The frames at a point of the program, without an exception.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_current.jl") || continue
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

@noinline function here()
    return stacktrace()
end
@noinline function through()
    x = here()
    return x
end
frames = through()
for frame in frames
    endswith(string(frame.file), "backtrace_current.jl") && println(frame.func, " ", frame.line)
end
@noinline function raw()
    return backtrace()
end
own_frames(raw())
println(frames[1].func, " ", endswith(string(frames[1].file), "backtrace_current.jl"), " ", frames[1].line, " ", frames[1].inlined)
