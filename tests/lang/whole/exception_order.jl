# Exceptions that cross functions of the program, of the base library and of the run-time system, and reach the handler
# they should, with every `finally` run on the way.

struct Failing
    name::String
end

Base.show(io::IO, f::Failing) = error("cannot show ", f.name)

struct Countdown
    from::Int64
end

Base.length(c::Countdown) = c.from
Base.iterate(c::Countdown) = (c.from, c.from - 1)
Base.iterate(c::Countdown, n) = n < 0 ? throw(ArgumentError("below zero")) : (n, n - 1)

message(e) = e isa ErrorException ? e.msg : e isa ArgumentError ? e.msg : string(typeof(e))

# From a callback through `map` or `foreach` of the base library.
function through_map(v)
    try
        return map(x -> x > 2 ? error("too large: ", x) : 10x, v)
    catch e
        return message(e)
    end
end

# From a method of `show` through printing.
function through_show(x)
    try
        return string("<", x, ">")
    catch e
        return message(e)
    end
end

# From a method of `iterate` through a loop.
function through_iteration(c)
    total = 0
    try
        for n in c
            total += n
        end
    catch e
        return (total, message(e))
    end
    return (total, "end")
end

# Every way out of a `try` runs `finally`, the inner one first.
function layers(kind, log)
    for attempt in 1:2
        try
            push!(log, "outer $attempt")
            try
                kind == 1 && error("inner")
                kind == 2 && return "returned"
                kind == 3 && continue
                kind == 4 && break
                kind == 5 && [1, 2, 3][attempt + 3]
                kind == 6 && div(1, 0)
                push!(log, "through")
            catch e
                e isa BoundsError && rethrow()
                push!(log, "caught " * message(e))
            finally
                push!(log, "inner finally")
            end
        catch e
            push!(log, "outer caught " * string(typeof(e)))
        finally
            push!(log, "outer finally")
        end
    end
    return "fell out"
end

# An exception thrown while another is handled, and one thrown in `finally`.
function replaced(log)
    try
        try
            error("first")
        catch e
            push!(log, "handling " * e.msg)
            error("second")
        finally
            push!(log, "cleaning up")
        end
    catch e
        push!(log, "caught " * e.msg)
    end
    try
        try
            error("third")
        finally
            error("fourth")
        end
    catch e
        push!(log, "caught " * e.msg)
    end
    return log
end

# Deep, alternating between the program and the library.
function alternate(n)
    n == 0 && throw(ArgumentError("bottom"))
    return sum(map(x -> alternate(n - 1) + x, [1]))
end

# The value of `try` as an expression.
value_of(x) = try
    x > 0 ? x : error("not positive")
catch
    -1
end

function (@main)(args)
    println(through_map([1, 2]), " ", through_map([1, 2, 3]))
    println(through_show(1), " ", through_show(Failing("it")))
    println(through_iteration(Countdown(3)))
    for kind in 0:6
        log = String[]
        println(kind, " ", layers(kind, log))
        for entry in log
            println("    ", entry)
        end
    end
    for entry in replaced(String[])
        println(entry)
    end
    try
        alternate(50)
    catch e
        println(message(e))
    end
    println(value_of(5), " ", value_of(-5))
    return 0
end
