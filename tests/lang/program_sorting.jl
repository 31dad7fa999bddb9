# Sorting algorithms checked against the library's, with a count of comparisons.
mutable struct Counter
    n::Int
end
counting(c::Counter, lt=isless) = (a, b) -> (c.n += 1; lt(a, b))

function bubble!(v; lt=isless)
    n = length(v)
    for i in n:-1:2
        swapped = false
        for j in 1:i-1
            if lt(v[j+1], v[j])
                v[j], v[j+1] = v[j+1], v[j]
                swapped = true
            end
        end
        swapped || break
    end
    return v
end

function insertion!(v; lt=isless)
    for i in 2:length(v)
        x = v[i]
        j = i - 1
        while j >= 1 && lt(x, v[j])
            v[j+1] = v[j]
            j -= 1
        end
        v[j+1] = x
    end
    v
end

function quick!(v, lo=1, hi=length(v); lt=isless)
    lo < hi || return v
    pivot = v[(lo + hi) >>> 1]
    i, j = lo, hi
    while i <= j
        while lt(v[i], pivot) i += 1 end
        while lt(pivot, v[j]) j -= 1 end
        if i <= j
            v[i], v[j] = v[j], v[i]
            i += 1; j -= 1
        end
    end
    quick!(v, lo, j; lt=lt)
    quick!(v, i, hi; lt=lt)
    return v
end

function merged(a, b; lt=isless)
    out = similar(a, length(a) + length(b))
    i = j = 1
    for k in eachindex(out)
        if j > length(b) || (i <= length(a) && !lt(b[j], a[i]))
            out[k] = a[i]; i += 1
        else
            out[k] = b[j]; j += 1
        end
    end
    out
end
function mergesort(v; lt=isless)
    length(v) <= 1 && return copy(v)
    mid = length(v) ÷ 2
    @views return merged(mergesort(v[1:mid]; lt=lt), mergesort(v[mid+1:end]; lt=lt); lt=lt)
end

function heap!(v; lt=isless)
    n = length(v)
    sift(i, n) = while 2i <= n
        c = 2i
        c < n && lt(v[c], v[c+1]) && (c += 1)
        lt(v[i], v[c]) || break
        v[i], v[c] = v[c], v[i]
        i = c
    end
    for i in n÷2:-1:1; sift(i, n); end
    for m in n:-1:2
        v[1], v[m] = v[m], v[1]
        sift(1, m - 1)
    end
    v
end

function countingsort(v::Vector{<:Integer})
    isempty(v) && return v
    lo, hi = extrema(v)
    counts = zeros(Int, hi - lo + 1)
    for x in v
        counts[x - lo + 1] += 1
    end
    reduce(vcat, [fill(lo + i - 1, c) for (i, c) in enumerate(counts)])
end

function pseudorandom(n; seed=42)
    state = UInt32(seed)
    return map(1:n) do _
        state = state * 0x0019660d + 0x3c6ef35f
        Int(state >> 20)
    end
end

const ALGORITHMS = [bubble!, insertion!, quick!, heap!, mergesort]


println(pseudorandom(6))
for f in ALGORITHMS
    c = Counter(0)
    f(pseudorandom(64); lt=counting(c))
    println(rpad(nameof(f), 12), c.n)
end
words = split("the quick brown fox jumps over the lazy dog")
println(sort(words; by=w -> (length(w), w)))
println(sortperm(words), " ", partialsort(words, 3), " ", sort(words, rev=true)[1:2])
println(searchsortedfirst([1, 3, 3, 7], 3), " ", searchsorted([1, 3, 3, 7], 3), " ", insorted(7, [1, 3, 3, 7]))
function checked(f)
    for n in (0, 1, 2, 3, 10, 57)
        v = pseudorandom(n)
        @assert f(copy(v)) == sort(v)
        @assert issorted(f(copy(v); lt=(a, b) -> a > b), rev=true)
    end
    return f(["pear", "fig", "apple"]) == ["apple", "fig", "pear"] && isequal(f([3.5, -0.0, NaN, 0.0]), [-0.0, 0.0, 3.5, NaN])
end
println(map(checked, ALGORITHMS), " ", countingsort([5, -2, 5, 0]))
try
    countingsort([1.5])
catch e
    println(typeof(e))
end
