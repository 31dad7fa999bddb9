# Version numbers.
v = v"1.2.3"
println(v, " ", v.major, v.minor, v.patch)
println(repr(v), " ", v"1.2", " ", v"1")
println(v"1.2.3" < v"1.10.0", v"1.2.3" == VersionNumber(1, 2, 3), v"2.0.0-rc1" < v"2.0.0", v"2.0.0-rc1" < v"2.0.0-rc2")
println(VersionNumber("3.4.5-beta.2+b7"))
println(sort([v"1.10", v"1.9", v"1.9.1-rc1"]))
println(v"1.0.0+b" > v"1.0.0", " ", v"1.5" >= v"1.5-")
try
    VersionNumber("x.y")
catch e
    println(typeof(e))
end
println(VERSION >= v"1.5", " ", VERSION isa VersionNumber)
println(Dict(v"1.0" => 1)[v"1.0.0"])
