# Indices of strings and of parts of strings: where characters begin, steps of several, and what is out of range.

function attempt(f)
    try
        println(f())
    catch e
        println(typeof(e))
    end
end

function steps(s)
    println(repr(s), " ", ncodeunits(s), " ", lastindex(s), " ", length(s))
    println([thisind(s, i) for i in 0:ncodeunits(s)+1])
    println([nextind(s, i) for i in 0:ncodeunits(s)])
    println([prevind(s, i) for i in 1:ncodeunits(s)+1])
    println([isvalid(s, i) for i in 0:ncodeunits(s)+1])
    for n in 0:3
        attempt(() -> nextind(s, 1, n))
        attempt(() -> prevind(s, ncodeunits(s) + 1, n))
    end
    attempt(() -> nextind(s, -1))
    attempt(() -> nextind(s, ncodeunits(s) + 1))
    attempt(() -> prevind(s, 0))
    attempt(() -> prevind(s, ncodeunits(s) + 2))
    attempt(() -> thisind(s, -1))
    attempt(() -> thisind(s, ncodeunits(s) + 2))
    attempt(() -> nextind(s, 1, -1))
    attempt(() -> prevind(s, 1, -1))
end

function parts(s)
    attempt(() -> s[1:3])
    attempt(() -> s[2:3])
    attempt(() -> s[0:1])
    attempt(() -> s[1:100])
    attempt(() -> s[3:2])
    attempt(() -> SubString(s, 1, 3))
    attempt(() -> SubString(s, 2, 3))
    attempt(() -> SubString(s, 3))
    attempt(() -> SubString(SubString(s, 3), 1, 1))
    attempt(() -> SubString(SubString(s, 3), 0, 1))
    attempt(() -> SubString(s, 1:1))
    attempt(() -> length(s, 1, ncodeunits(s)))
    attempt(() -> length(s, 1, 3))
    attempt(() -> length(s, 0, 3))
end

function ends()
    s = "hällo wörld"
    println(chop(s), "|", chop(s, head = 2), "|", chop(s, head = 2, tail = 3), "|", chop("ab", tail = 5), "|")
    println(startswith(s, 'h'), endswith(s, ['d', 'x']), startswith("", 'h'), startswith(s, ('a', 'h')))
    println(map(startswith("hä"), [s, "x"]), filter(contains("ö"), [s, "x"]))
    println(isvalid("a\xffb"), isvalid(s), isvalid(String, UInt8[0x61, 0xff]), isvalid(String, UInt8[0x61]))
    println(one("abc") == "", one(String) == "")
    println(findprev("l", s, 5), findprev("l", s, 3), findlast("l", s), findprev(isequal('l'), s, 12))
end

function (@main)(args)
    steps("abc")
    steps("aä€😀z")
    steps(SubString("xxä€z", 2, 8))
    steps("")
    parts("aä€z")
    parts(SubString("xaä€z", 2))
    ends()
    return 0
end
