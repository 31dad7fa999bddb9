# Strings are indexed by byte; an index inside a character is an error.
s = "aé∀😀z"
println(length(s), " ", ncodeunits(s), " ", sizeof(s), " ", lastindex(s))
println(s[1], s[2], s[4], s[7], s[11], " ", s[end])
println(s[1:2], " ", s[2:4], " ", s[4:end], "|", s[3:2], "|")
function attempt(f)
    try
        println(f())
    catch e
        println(typeof(e))
    end
end
attempt(() -> s[3])
attempt(() -> s[0])
attempt(() -> s[12])
attempt(() -> s[1:3])
println(nextind(s, 2), " ", prevind(s, 4), " ", nextind(s, 4), " ", thisind(s, 3), " ", isvalid(s, 3), " ", isvalid(s, 4))
for c in s
    print(c, ' ')
end
println()
println(collect(eachindex(s)), " ", codeunit(s, 2))
println(collect("héé"))
println(reverse(s), " ", first(s), " ", last(s))
