# Errors the language itself raises, with the line that did it.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_bounds.jl") || continue
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

function pick(v, i)
    a = 1
    return v[i] + a
end
function divide(a, b)
    return div(a,
               b)
end
function narrow(x)
    y = convert(Int8, x)
    return y
end
function field(x)
    x.nothing_like_it
end
function call_nothing(x)
    x = x
    return x(1)
end
function undefined_global()

    return does_not_exist
end
function not_bool(x)
    if x
        return 1
    end
end
report(() -> pick([1, 2], 5))
report(() -> divide(1, 0))
report(() -> narrow(1000))
report(() -> field(1))
report(() -> call_nothing(3))
report(undefined_global)
report(() -> not_bool(1))
