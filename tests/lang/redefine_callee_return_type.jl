# A callee returns another type than its callers were compiled for.
value() = 1
half() = value() / 2
kind() = typeof(value())
buffer() = [value(), value()]

function (@main)(args)
    println(half(), " ", kind(), " ", buffer())
    return 0
end
