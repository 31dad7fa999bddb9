# The iteration protocol of a type changes under a compiled loop.
struct Steps
    n::Int64
end
Base.iterate(s::Steps, k=1) = k > s.n ? nothing : (k, k + 1)
Base.length(s::Steps) = s.n
function add(s)
    total = 0
    for k in s
        total += k
    end
    return total
end

function (@main)(args)
    println(add(Steps(4)))
    return 0
end
