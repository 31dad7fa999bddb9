# The product of two matrices of 500 by 500, kept by rows in vectors: memory, and loops around it.

function matrix(n::Int64, step::Float64)
    m = Float64[]
    for i in 1:(n * n)
        push!(m, step * (i % 97))
    end
    return m
end

function multiply!(c::Vector{Float64}, a::Vector{Float64}, b::Vector{Float64}, n::Int64)
    @inbounds for i in 1:n
        for k in 1:n
            x = a[(i - 1) * n + k]
            for j in 1:n
                c[(i - 1) * n + j] += x * b[(k - 1) * n + j]
            end
        end
    end
    return c
end

function (@main)(args)
    small = matrix(2, 1.0)
    multiply!(matrix(2, 0.0), small, small, 2)
    n = 500
    a = matrix(n, 0.5)
    b = matrix(n, 0.25)
    c = matrix(n, 0.0)
    start = time_ns()
    multiply!(c, a, b, n)
    elapsed = time_ns() - start
    println(c[1] + c[n * n])
    println(elapsed)
    return 0
end
