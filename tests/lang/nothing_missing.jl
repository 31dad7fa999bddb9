# `nothing`, and functions that deal with it.
f() = nothing
println(f(), " ", f() === nothing, " ", isnothing(f()), isnothing(0), " ", typeof(nothing), " ", something(nothing, 1), something(2, 1))
x = findfirst(isequal(3), [1, 2])
println(x === nothing ? "none" : x)
show(nothing); println()
println([nothing, 1], " ", (nothing,), " ", string(nothing), " ", repr(nothing))
try
    something(nothing)
catch e
    println(e.msg)
end
