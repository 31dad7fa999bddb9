# Docstrings are kept with the names they stand before.
"Adds one."
inc(x) = x + 1

"""
    dec(x)

Takes one away.
"""
function dec(x)
    x - 1
end

"A point."
struct Pt
    x::Int
end

"The answer."
const ANSWER = 42

"A macro."
macro m() 1 end

"Long form $(1 + 1)"
abstract type Shape end

@doc "Documented later." later
later() = 1

println(inc(1), dec(1), ANSWER, Pt(1).x, @m)
println(@doc inc)
print(@doc dec)
println(@doc Pt)
println(@doc ANSWER)
println(@doc @m)
println(@doc Shape)
println(@doc later)
"first method"
two(x) = 1
"second method"
two(x, y) = 2
print(@doc two)
module D
"inside"
f() = 1
end
println(@doc D.f)
"A module."
module E end
println(@doc E)
