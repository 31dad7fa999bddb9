# The Mandelbrot set on a grid of 1000 by 1000: floating point with an early exit.

function escape_time(cr::Float64, ci::Float64, limit::Int64)
    zr = 0.0
    zi = 0.0
    for n in 1:limit
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0
            return n - 1
        end
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    end
    return limit
end

function total_time(width::Int64, limit::Int64)
    total = 0
    for row in 0:(width - 1)
        ci = -1.5 + 3.0 * row / width
        for column in 0:(width - 1)
            total += escape_time(-2.0 + 3.0 * column / width, ci, limit)
        end
    end
    return total
end

function (@main)(args)
    total_time(10, 10)
    start = time_ns()
    result = total_time(1000, 200)
    elapsed = time_ns() - start
    println(result)
    println(elapsed)
    return 0
end
