# A recursion of 10,000,000 calls overflows the stack; `catch` receives it, and the program goes on.
# stress: 1000

count_down(n) = n == 0 ? 0 : 1 + count_down(n - 1)

function attempt(n)
    try
        return count_down(n)
    catch e
        return typeof(e)
    end
end

function with_finally(n, log)
    try
        count_down(n)
    finally
        push!(log, n)
    end
end

mutable struct Probe
    depth::Int64
end

# Mutual recursion through a closure and a value that is boxed.
function dive(probe, f)
    probe.depth += 1
    return f(probe, f) + 1
end

function (@main)(args)
    println(attempt(1000))
    println(attempt(10000000))
    println(attempt(1000))
    log = Int64[]
    for n in [10, 10000000, 20]
        try
            with_finally(n, log)
        catch e
            push!(log, e isa StackOverflowError ? -1 : -2)
        end
    end
    println(log)
    probe = Probe(0)
    try
        dive(probe, dive)
    catch e
        println(typeof(e), " ", probe.depth > 1000)
    end
    return 0
end
