# Generated functions and eval.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_generated.jl") || continue
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

@generated function choose(x)
    if x <: Integer
        return :(error("an integer"))
    end
    return :(x + 1)
end
function call_choose(x)
    return choose(x)
end
function evaluated()
    return eval(:(error("evaluated")))
end
lines_of(f, name) = try
    f()
catch
    [frame.line for frame in stacktrace(catch_backtrace()) if frame.func === name]
end
println(lines_of(() -> call_choose(1), :call_choose))
println(length(lines_of(() -> call_choose(1), :choose)))
println(lines_of(evaluated, :evaluated))
