# Dictionaries from all kinds of items, and from what is none.

function attempt(f)
    try
        d = f()
        println(typeof(d), " ", length(d))
    catch e
        println(typeof(e), ": ", sprint(showerror, e))
    end
end

struct Broken end
Base.iterate(::Broken) = error("broken")
Base.IteratorSize(::Type{Broken}) = Base.SizeUnknown()

function (@main)(args)
    attempt(() -> Dict([(1, "a"), (2, "b")]))
    attempt(() -> Dict([1 => "a", 2 => "b"]))
    attempt(() -> Dict(i => i^2 for i in 1:3))
    attempt(() -> Dict((i, 2.0i) for i in 1:3))
    attempt(() -> Dict(i => (i > 1 ? i : "one") for i in 1:3))
    attempt(() -> Dict([1 => 2, "x" => 3.5]))
    attempt(() -> Dict(Pair{Int,Int}[]))
    attempt(() -> Dict(Tuple{Int,String}[]))
    attempt(() -> Dict(()))
    attempt(() -> Dict(zip("abc", 1:3)))
    attempt(() -> Dict(pairs([10, 20])))
    attempt(() -> Dict(Dict(1 => 2)))
    attempt(() -> Dict{String,Any}("a" => 1, "b" => "c"))
    attempt(() -> Dict(1 => 2, 3 => 4.5))
    attempt(() -> Dict(1 => nothing, 2 => 3))
    attempt(() -> Dict([1, 2]))
    attempt(() -> Dict(5))
    attempt(() -> Dict("ab"))
    attempt(() -> Dict(Broken()))
    attempt(() -> Dict([(1, 2, 3)]))
    try
        1 in Dict(1 => 2)
    catch e
        println(typeof(e), ": ", e.msg)
    end
    println((1 => 2) in Dict(1 => 2), (1 => 3) in Dict(1 => 2))
    return 0
end
