# Leibniz's series for pi: one division and one addition a term, in a chain.

function leibniz(terms::Int64)
    sum = 0.0
    sign = 1.0
    for k in 0:(terms - 1)
        sum += sign / (2.0 * k + 1.0)
        sign = -sign
    end
    return 4.0 * sum
end

function (@main)(args)
    leibniz(10)
    start = time_ns()
    result = leibniz(100000000)
    elapsed = time_ns() - start
    println(result)
    println(elapsed)
    return 0
end
