# Iterators that print as the calls that make them; the elements that are not missing.

function (@main)(args)
    println(zip(1:2, 3:4), " ", zip(1:2), " ", zip("ab", [1, 2], (3, 4)), " ", enumerate([1]), " ", enumerate("a"))
    s = skipmissing([1, missing, 3])
    println(s, " ", collect(s), " ", sum(s), " ", eltype(s), " ", maximum(s), " ", s[3], " ", collect(eachindex(s)))
    println([x + 1 for x in skipmissing((1, missing))], " ", collect(skipmissing([missing, "a"])), " ", filter(isodd, s))
    println(isempty(skipmissing([missing])), " ", count(isodd, s), " ", argmax(s), " ", findmin(s), " ", reduce(*, s))
    try
        s[2]
    catch e
        println(typeof(e), " ", sprint(showerror, e))
    end
    println(typeof(skipmissing([1, missing])), " ", repr(skipmissing((1, missing))))
    return 0
end
