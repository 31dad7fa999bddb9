# Names and references without a value.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

function local_before()
    println(x)
    x = 1
end
struct Lazy
    a
    Lazy() = new()
end
f(; needed) = needed
told(() -> undefined_name)
told(local_before)
told(() -> Lazy().a)
told(() -> Vector{Any}(undef, 2)[1])
told(() -> f())
told(() -> throw(UndefVarError(:abc)))
told(() -> throw(UndefKeywordError(:kw)))
told(() -> throw(UndefRefError()))
told(() -> Base.nothing_of_this_name)
told(() -> Dict(1 => 2)[3])
told(() -> Dict("a" => 2)["b"])
told(() -> throw(KeyError(:k)))
told(() -> pop!(Dict(1 => 2), 5))
told(() -> pop!(Int[]))
