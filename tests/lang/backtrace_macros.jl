# Code that a macro makes has the lines of the macro or of its arguments.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_macros.jl") || continue
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

macro checked(ex)
    quote
        value = $(esc(ex))
        value > 0 || error("not positive")
        value
    end
end
function use(x)
    a = 1
    return a + @checked x - 3
end
macro wrap(ex)
    return esc(ex)
end
function wrapped(x)
    @wrap begin
        y = x + 1
        error("inside")
    end
end
lines_of(f) = try
    f()
catch
    [frame.line for frame in stacktrace(catch_backtrace()) if endswith(string(frame.file), "backtrace_macros.jl")]
end
println(lines_of(() -> use(1)))
println(lines_of(() -> wrapped(1))[1])
@noinline function asserted(x)

    @assert x > 1
    return x
end
report(() -> asserted(0))
