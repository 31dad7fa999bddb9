# What catch, rethrow and finally leave of an exception.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

told() do
    try
        error("first")
    catch e
        rethrow(ArgumentError("replaced"))
    end
end
told() do
    try
        error("kept")
    finally
        println("finally")
    end
end
told() do
    try
        try
            error("inner")
        catch
            error("outer")
        end
    catch e
        println("caught ", e.msg)
        rethrow()
    end
end
function order()
    try
        try
            throw(KeyError(1))
        finally
            println("one")
        end
    catch e
        println("two ", e isa KeyError)
        return 3
    finally
        println("four")
    end
end
println(order())
told() do
    try
        error("lost")
    finally
        error("from finally")
    end
end
println(length(current_exceptions()))
try
    error("a")
catch
    try
        error("b")
    catch
        println([sprint(showerror, entry[1]) for entry in current_exceptions()])
    end
    println([sprint(showerror, entry[1]) for entry in current_exceptions()])
end
