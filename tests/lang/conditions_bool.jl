# Only `Bool` is a condition.
function attempt(f)
    try
        println(f())
    catch e
        println(sprint(showerror, e))
    end
end
attempt(() -> 1 ? 2 : 3)
attempt(() -> "a" && true)
attempt(() -> (while nothing end))
attempt(() -> true && 5)
attempt(() -> false || "x")
