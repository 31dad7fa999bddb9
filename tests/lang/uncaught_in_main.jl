# An exception out of `main`.
function (@main)(args)
    println("in main")
    throw(ArgumentError("from main"))
end
