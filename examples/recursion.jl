# Recursion: Fibonacci numbers, Ackermann's function and the towers of Hanoi.

fib(n::Int64) = n < 2 ? n : fib(n - 1) + fib(n - 2)

function ackermann(m, n)
    if m == 0
        return n + 1
    elseif n == 0
        return ackermann(m - 1, 1)
    end
    return ackermann(m - 1, ackermann(m, n - 1))
end

# The number of moves for `n` discs; the moves of small towers are printed.
function hanoi(n, from, to, via, show)
    n == 0 && return 0
    moves = hanoi(n - 1, from, via, to, show)
    show && println("disc ", n, ": ", from, " -> ", to)
    return moves + 1 + hanoi(n - 1, via, to, from, show)
end

function (@main)(args)
    for n in 0:5:25
        println("fib($n) = $(fib(n))")
    end
    println("ackermann(2, 3) = ", ackermann(2, 3))
    println("moves: ", hanoi(3, 'A', 'C', 'B', true))
    println("moves for 16 discs: ", hanoi(16, 'A', 'C', 'B', false))
    return 0
end
