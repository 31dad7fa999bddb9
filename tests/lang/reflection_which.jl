# `which`, `hasmethod`, `applicable`: what a call would run.
f(x) = 1
f(x::Integer) = 2
f(x::Int64, y) = 3
g(x::Number; scale=1, shift=0) = x * scale + shift
h(x; others...) = x

which_line(f, types) = which(f, types).line
println(which_line(f, (Int64,)), " ", which_line(f, (String,)), " ", which_line(f, Tuple{Int64,Any}))
println(which(f, (Int8,)).name, " ", which(f, (Int8,)).sig, " ", which(f, (Int8,)).nargs)
println(hasmethod(f, (Int64,)), " ", hasmethod(f, (String, Int64)), " ", hasmethod(f, Tuple{}))
println(hasmethod(g, (Int64,), (:scale,)), " ", hasmethod(g, (Int64,), (:scale, :shift)), " ", hasmethod(g, (Int64,), (:size,)))
println(hasmethod(h, (Any,), (:anything,)), " ", hasmethod(g, (String,), (:scale,)))
println(applicable(f, 1), " ", applicable(f, "a", 2), " ", applicable(f), " ", applicable(g, "s"))
println(length(methods(f)), " ", length(methods(f, (Int64,))), " ", length(methods(f, (String,))), " ", length(methods(f, (Any, Any))))
println(which(f, (Int64,)).module, " ", parentmodule(f), " ", nameof(f))
try
    which(f, (String, String))
catch e
    println(e.msg)
end
println(hasmethod(Int64, (String, Int64, Int64)), " ", hasmethod(length, (Vector{Int64},)))
println(isempty(methods(f, (Int64, Int64, Int64))))
