# Macros of the base library.
x = 3
println(@show x + 1)
@show x x * 2
@assert x == 3
@assert x == 3 "message"
try
    @assert x == 4
catch e
    println(e.msg)
end
try
    @assert x == 4 "x is $x"
catch e
    println(e.msg)
end
t = @elapsed sum(1:10)
println(t >= 0)
r = @timed 1 + 1
println(r.value)
println(@isdefined(x), @isdefined(nope))
println(@__MODULE__, " ", @__LINE__)
@static if true
    a = 1
else
    a = 2
end
println(a)
f() = g(1) + g(2)
@inline g(x) = x
println(f())
function s(v)
    t = 0
    @inbounds @simd for i in eachindex(v)
        t += v[i]
    end
    t
end
println(s([1, 2, 3]))
println(something(nothing, 4))
println(raw"a\b$c", " ", @eval 1 + 1)
h(@nospecialize(x)) = typeof(x)
println(h(1))
function lab(n)
    i = 0
    @label top
    i += 1
    i < n && @goto top
    i
end
println(lab(4))
