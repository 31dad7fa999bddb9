# TypeError wherever it comes from.
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
kw(; a::Int = 1) = a
static(::Type{T}) where {T<:Number} = T
told(() -> 1::String)
told(() -> "a"::Int)
told(() -> (1.5)::Union{Int,String})
told(() -> (m = M(1); setfield!(m, :n, 1.5)))
told(() -> kw(a = "x"))
told(() -> if 1 end)
told(() -> "a" ? 1 : 2)
told(() -> 1 && true)
told(() -> while nothing end)
told(() -> throw(TypeError(:f, "context", Int, "x")))
told(() -> throw(TypeError(:f, "", Int, Float64)))
told(() -> typeassert(nothing, Int))
told(() -> isa(1, 2))
