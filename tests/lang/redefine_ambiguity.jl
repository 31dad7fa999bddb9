# A new method makes calls ambiguous that compiled code resolved; another one resolves them again.
pick(a, b) = "any any"
pick(a::Int64, b) = "int any"
pairs_of() = string(pick(1, 2), "; ", pick(1, "b"), "; ", pick("a", 2))

function (@main)(args)
    try
        println(pairs_of())
    catch e
        println(typeof(e))
    end
    return 0
end
