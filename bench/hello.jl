# The least a program can do: what starting costs.

function (@main)(args)
    println("hello")
    return 0
end
