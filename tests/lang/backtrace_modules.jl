# Functions of modules, and constructors.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_modules.jl") || continue
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

module Inner
export check
check(x) = x > 1 ? error("inner") : x
module Deeper
import ..check
function go(x)
    return check(x) + 1
end
end
end
using .Inner
struct Positive
    n::Int
    Positive(n) = n > 0 ? new(n) : throw(DomainError(n))
end
Positive(x::String) =
    Positive(parse(Int, x))
report(() -> Inner.Deeper.go(5))
report(() -> check(2))
report(() -> Positive("-3"))
