# try with every way out: values, return, break, continue, rethrow, else, finally.
f(x) = try
    x > 0 || error("negative")
    "ok"
catch e
    e.msg
finally
    print("[finally]")
end
println(f(1), f(-1))
function g(x)
    try
        x == 1 && return "returned"
        x == 2 && error("boom")
    catch
        return "caught"
    else
        return "else"
    finally
        print("<f>")
    end
end
println(g(1), g(2), g(3))
function loops()
    out = []
    for i in 1:5
        try
            i == 2 && continue
            i == 4 && break
            push!(out, i)
        finally
            push!(out, -i)
        end
    end
    return out
end
println(loops())
function finally_overrides()
    try
        return 1
    finally
        return 2
    end
end
println(finally_overrides())
function nested()
    try
        try
            error("inner")
        catch e
            throw(ArgumentError(e.msg * " wrapped"))
        finally
            print("inner finally;")
        end
    catch e
        return e
    end
end
println(nested())
function rethrows()
    try
        try
            error("first")
        catch
            rethrow()
        end
    catch e
        return e.msg
    end
end
println(rethrows())
value = try
    parse(Int, "12")
catch
    0
end
println(value)
println(try error() catch; 5 end)
println(try; 1; catch; 2; end)
try
    throw(42)
catch x
    println(x + 1)
end
try
    throw("text")
catch x
    println(x)
end
function order()
    log = String[]
    for k in 1:3
        try
            try
                push!(log, "body$k")
                k == 2 && throw(k)
                k == 3 && return log
            finally
                push!(log, "finally$k")
            end
        catch
            push!(log, "catch$k")
        end
    end
    return log
end
println(order())
function variable_after()
    x = 1
    try
        x = 2
        error()
    catch
        x += 10
    end
    return x
end
println(variable_after())
function exception_in_finally()
    try
        try
            error("a")
        finally
            error("b")
        end
    catch e
        return e.msg
    end
end
println(exception_in_finally())
function only_finally()
    n = 0
    try
        n = 1
    finally
        n += 1
    end
    n
end
println(only_finally())
function catch_types(e)
    try
        throw(e)
    catch err
        if err isa BoundsError
            return "bounds"
        elseif err isa KeyError
            return "key"
        else
            rethrow(err)
        end
    end
end
println(catch_types(BoundsError()), catch_types(KeyError(1)))
try
    catch_types(DivideError())
catch e
    println(e)
end
