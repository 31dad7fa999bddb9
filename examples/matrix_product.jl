# The product of two square matrices, kept by rows in vectors.

function matrix(n, f)
    m = Float64[]
    for i in 1:n, j in 1:n
        push!(m, f(i, j))
    end
    return m
end

function product(a::Vector{Float64}, b::Vector{Float64}, n::Int64)
    c = matrix(n, (i, j) -> 0.0)
    for i in 1:n
        for k in 1:n
            x = a[(i - 1) * n + k]
            for j in 1:n
                c[(i - 1) * n + j] += x * b[(k - 1) * n + j]
            end
        end
    end
    return c
end

function trace_of(m, n)
    t = 0.0
    for i in 1:n
        t += m[(i - 1) * n + i]
    end
    return t
end

function (@main)(args)
    a = matrix(2, (i, j) -> 1.0 * (2 * (i - 1) + j))
    println(product(a, a, 2))
    n = 60
    x = matrix(n, (i, j) -> (i + j) / n)
    y = matrix(n, (i, j) -> (i - j) / n)
    z = product(x, y, n)
    println("trace: ", trace_of(z, n))
    println("corner: ", z[1], " ", z[end])
    return 0
end
