# `IdDict`: keys are the same if they are identical. Bytes as hexadecimal digits; columns of other lengths; types
# without `missing`.

function attempt(f)
    try
        println(f())
    catch e
        println(sprint(showerror, e))
    end
end

function (@main)(args)
    a, b = [1, 2], [1, 2]
    d = IdDict{Any,Int}()
    d[a] = 1
    d[b] = 2
    d[1] = 3
    d[1.0] = 4
    d["x"] = 5
    println(length(d), " ", d[a], d[b], d[1], d[1.0], " ", haskey(d, [1, 2]), " ", get(d, [1, 2], 0), " ", haskey(d, a))
    println(delete!(d, a) === d, length(d), pop!(d, b), length(d), pop!(d, b, 7), get!(d, b, 9), get!(() -> 10, d, a))
    attempt(() -> d[:missing])
    println(IdDict(1 => 2), " ", IdDict(:a => "b") isa AbstractDict, " ", typeof(IdDict([(1, 2.0)])), " ", typeof(IdDict()))
    println(sort!([v for (k, v) in d]), " ", keytype(d), valtype(d), " ", isempty(empty!(d)))
    println(bytes2hex(UInt8[0, 1, 171, 255]), " ", hex2bytes("0001abFF"), " ", bytes2hex(b"Az"))
    attempt(() -> hex2bytes("xy"))
    attempt(() -> hcat([1, 2], [1, 2, 3]))
    attempt(() -> hcat([1, 2], [1.5 2; 3 4; 5 6]))
    println(BitVector([1, 0, 1]), " ", BitVector((true, false)), " ", BitVector(trues(2)))
    println(nonmissingtype(Union{Int,Missing}), nonmissingtype(Missing), nonmissingtype(Any), nonmissingtype(Union{Missing,Nothing,Int}), nonmissingtype(String))
    return 0
end
