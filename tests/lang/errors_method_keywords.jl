# Keywords that a method does not take, and positional arguments that do not fit a call with keywords.
f(x::Int64; a=1) = a
g(x::Int64) = x
h(x::Int64; a=1, rest...) = a
attempt(call) = try
    call()
catch e
    showerror(stdout, e)
    println("\n--")
end
attempt(() -> f(1; b=2))
attempt(() -> f(1; a=1, b=2, c="x"))
attempt(() -> g(1; a=2))
attempt(() -> h("x"; a=1, z=2))
attempt(() -> f("x"; a=1))
attempt(() -> f(; a=1))
