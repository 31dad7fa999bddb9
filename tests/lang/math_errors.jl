# Functions called outside their domain.
function attempt(f)
    try
        println(f())
    catch e
        println(sprint(showerror, e))
    end
end
attempt(() -> sqrt(-1.0))
attempt(() -> sqrt(-1))
attempt(() -> log(-1.0))
attempt(() -> 2^-1)
attempt(() -> 1^-1)
attempt(() -> (-1)^-3)
attempt(() -> isqrt(-1))
