# `finally` runs on every way out, in order.
function f(how)
    for i in 1:2
        try
            print("body ")
            how == :return && return "returned"
            how == :break && break
            how == :continue && continue
            how == :throw && error("thrown")
            print("end ")
        catch e
            print("catch ")
            how == :throw && return "from catch"
        finally
            print("finally ")
        end
    end
    return "fell out"
end
for how in (:normal, :return, :break, :continue, :throw)
    println(how, ": ", f(how))
end
function nested()
    try
        try
            error("deep")
        finally
            print("1 ")
        end
    catch e
        print("2 ", e.msg, " ")
    finally
        println("3")
    end
end
nested()
function override()
    try
        return 1
    finally
        println("cleanup")
    end
end
println(override())
function order()
    log = String[]
    try
        try
            push!(log, "a")
            throw("x")
        catch
            push!(log, "b")
            throw("y")
        finally
            push!(log, "c")
        end
    catch e
        push!(log, e)
    end
    return log
end
println(order())
