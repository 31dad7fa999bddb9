# Quicksort in place, on integers and on floats, with the same methods.

function partition!(v, lo, hi)
    pivot = v[(lo + hi) >> 1]
    i = lo
    j = hi
    while i <= j
        while v[i] < pivot
            i += 1
        end
        while pivot < v[j]
            j -= 1
        end
        if i <= j
            v[i], v[j] = v[j], v[i]
            i += 1
            j -= 1
        end
    end
    return i, j
end

function quicksort!(v, lo = 1, hi = length(v))
    if lo < hi
        i, j = partition!(v, lo, hi)
        quicksort!(v, lo, j)
        quicksort!(v, i, hi)
    end
    return v
end

# A linear congruential generator: the same numbers everywhere.
mutable struct Generator
    state::Int64
end

function next!(g::Generator)
    g.state = (g.state * 1103515245 + 12345) % 2147483648
    return g.state
end

function is_sorted(v)
    for i in 2:length(v)
        v[i] < v[i - 1] && return false
    end
    return true
end

function (@main)(args)
    small = [5, 3, 9, 1, 4, 8, 2, 7, 6]
    println(quicksort!(small))
    println(quicksort!([2.5, -1.0, 3.25, 0.0]))

    g = Generator(42)
    numbers = Int64[]
    for i in 1:10000
        push!(numbers, next!(g))
    end
    println("sorted before: ", is_sorted(numbers))
    quicksort!(numbers)
    println("sorted after: ", is_sorted(numbers))
    println("smallest: ", numbers[1], ", largest: ", numbers[end], ", count: ", length(numbers))
    return 0
end
