# The Mandelbrot set in characters: how long each point takes to escape.

function escape_time(cr::Float64, ci::Float64, limit::Int64)
    zr = 0.0
    zi = 0.0
    for n in 1:limit
        zr2 = zr * zr
        zi2 = zi * zi
        zr2 + zi2 > 4.0 && return n - 1
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    end
    return limit
end

function row(ci, width, limit)
    line = ""
    for column in 0:(width - 1)
        cr = -2.2 + 3.2 * column / (width - 1)
        n = escape_time(cr, ci, limit)
        line = string(line, n == limit ? '#' : n > 8 ? '+' : n > 4 ? '.' : ' ')
    end
    return line
end

function (@main)(args)
    width = 64
    height = 25
    for r in 0:(height - 1)
        println(row(-1.2 + 2.4 * r / (height - 1), width, 200))
    end
    inside = 0
    for r in 0:199, c in 0:199
        inside += escape_time(-2.0 + 3.0 * c / 199, -1.5 + 3.0 * r / 199, 200) == 200 ? 1 : 0
    end
    println("points inside: ", inside, " of 40000")
    return 0
end
