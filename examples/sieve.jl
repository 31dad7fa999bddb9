# The sieve of Eratosthenes.

function primes_up_to(limit::Int64)
    composite = Bool[]
    for i in 1:limit
        push!(composite, false)
    end
    primes = Int64[]
    for i in 2:limit
        composite[i] && continue
        push!(primes, i)
        multiple = i * i
        while multiple <= limit
            composite[multiple] = true
            multiple += i
        end
    end
    return primes
end

function (@main)(args)
    println(primes_up_to(50))
    primes = primes_up_to(100000)
    println("primes below 100000: ", length(primes))
    println("the last one: ", primes[end])
    total = 0
    for p in primes
        total += p
    end
    println("their sum: ", total)
    return 0
end
