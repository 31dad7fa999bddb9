# A constant that callers had folded gets another value.
const scale = 3
const label = "old"
scaled(x) = scale * x
both(x) = string(label, ":", scaled(x) + scale)

function (@main)(args)
    println(scaled(5), " ", both(1))
    return 0
end
