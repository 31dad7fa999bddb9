# Exceptions: thrown by helpers, by callees, by checks; handlers, finally, rethrowing, nesting.

safe_div(a, b) =
    try
        div(a, b)
    catch
        -1
    end
test_safe_div() = (safe_div(6, 3), safe_div(1, 0))
function message(f)
    try
        f()
        "no exception"
    catch e
        e isa ErrorException ? e.msg : string(typeof(e))
    end
end
test_message() = (message(() -> error("boom")), message(() -> 1), message(() -> [1][2]), message(() -> div(1, 0)))
function with_finally(f, log)
    try
        push!(log, "body")
        f()
    finally
        push!(log, "finally")
    end
    log
end
test_finally() = with_finally(() -> 1, String[])
function finally_throws()
    log = String[]
    try
        with_finally(() -> error("x"), log)
    catch
        push!(log, "caught")
    end
    log
end
test_finally_throws() = finally_throws()
throws_through() = with_finally(() -> error("out"), String[])
function nested(n)
    try
        try
            n == 1 && error("inner")
            n == 2 && throw(DivideError())
            "fine"
        catch e
            e isa DivideError && rethrow()
            "inner caught"
        end
    catch e
        "outer caught " * string(typeof(e))
    end
end
test_nested() = (nested(0), nested(1), nested(2))
function values_in_handler(n)
    x = 0
    y = 1.5
    z = "start"
    try
        x = 1
        y = 2.5
        z = "middle"
        n > 0 && error("stop")
        x = 2
        z = "end"
    catch
        x += 10
    end
    (x, y, z)
end
test_values() = (values_in_handler(0), values_in_handler(1))
function loop_catch(n)
    caught = 0
    i = 0
    while i < n
        i += 1
        try
            i % 3 == 0 && error("three")
            i % 5 == 0 && throw(ArgumentError("five"))
        catch e
            caught += e isa ArgumentError ? 100 : 1
        end
    end
    caught
end
test_loop() = loop_catch(15)
function loop_break(n)
    for i in 1:n
        try
            i == 4 && break
            i == 2 && continue
            i == 3 && error("x")
        catch
            return (i, "caught")
        end
    end
    "done"
end
test_break() = (loop_break(1), loop_break(5))
return_from_try(n) =
    try
        n > 0 && return "early"
        "late"
    finally
        n + 1
    end
test_return() = (return_from_try(1), return_from_try(0))
function in_handler()
    try
        try
            error("first")
        catch e
            error("second")
        end
    catch e
        e.msg
    end
end
test_in_handler() = in_handler()
else_branch(n) =
    try
        n > 0 ? error("x") : 1
    catch
        2
    else
        3
    end
test_else() = (else_branch(0), else_branch(1))
bounds(a, i) =
    try
        a[i]
    catch e
        e isa BoundsError ? -1 : -2
    end
test_bounds() = (bounds([1, 2], 2), bounds([1, 2], 3))
deep(n) = n == 0 ? error("bottom") : 1 + deep(n - 1)
catch_deep(n) =
    try
        deep(n)
    catch e
        e.msg
    end
test_deep() = catch_deep(100)
undefined(flag) =
    try
        if flag
            x = 1
        end
        x
    catch e
        e isa UndefVarError ? "undefined" : "other"
    end
test_undefined() = (undefined(true), undefined(false))
throws_custom() = throw(DomainError(-1, "negative"))
throws_value() = throw(42)
runaway(n) = 1 + runaway(n + 1)
overflow() =
    try
        runaway(0)
    catch e
        e isa StackOverflowError
    end
test_overflow() = overflow()

#> (safe_div, 6, 0)
#> (message, () -> error("boom"))
#> (nested, 1)
#> (nested, 2)
#> (values_in_handler, 0)
#> (values_in_handler, 1)
#> (loop_catch, 15)
#> (loop_break, 5)
#> (return_from_try, 1)
#> (else_branch, 1)
#> (bounds, [1, 2], 3)
#> (catch_deep, 100)
#> (undefined, false)
