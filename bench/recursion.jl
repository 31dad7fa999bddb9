# Fibonacci numbers by recursion: calls and little else.

fib(n::Int64) = n < 2 ? n : fib(n - 1) + fib(n - 2)

function (@main)(args)
    fib(10)
    start = time_ns()
    result = fib(35)
    elapsed = time_ns() - start
    println(result)
    println(elapsed)
    return 0
end
