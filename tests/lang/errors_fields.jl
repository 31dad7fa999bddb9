# Fields that are not there, and objects that do not change.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

struct P
    x::Int
end
mutable struct M
    n::Int
end
told(() -> P(1).y)
told(() -> (p = P(1); p.x = 2))
told(() -> (m = M(1); m.z = 2))
told(() -> M(1).z)
told(() -> (1, 2).x)
told(() -> (a = 1,).b)
told(() -> getfield(P(1), 2))
told(() -> getfield(P(1), :q))
told(() -> setfield!(P(1), :x, 5))
told(() -> nothing.x)
told(() -> "abc".len)
told(() -> fieldtype(P, :nope))
