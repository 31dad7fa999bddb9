# Methods that defaults make: the definition with other defaults replaces them, or leaves some of them.
connect(host, port=80, path="/") = string(host, ":", port, path)
lines() = string(connect("a"), " ", connect("a", 1), " ", connect("a", 1, "/x"))

function (@main)(args)
    println(lines(), " ", length(methods(connect)))
    return 0
end
