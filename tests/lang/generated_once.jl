# The generator runs once for each combination of types.
const calls = Int[]
@generated function f(x)
    push!(calls, 1)
    :(x + 1)
end
println(f(1), f(2), f(3))
println(length(calls) >= 1)
before = length(calls)
f(4); f(5)
println(length(calls) == before)
println(f(1.5))
println(length(calls) > before)
@generated function constant()
    :(1 + 1)
end
println(constant())
@generated function default(x, y=2)
    y <: Int ? :(x * y) : :(0)
end
println(default(4), default(4, 5), default(4, 1.0))
function opt(x)
    if @generated
        :(x * 2)
    else
        x * 2
    end
end
println(opt(4))
@generated function namedt(nt::NamedTuple{names}) where {names}
    Expr(:tuple, [QuoteNode(n) for n in names]...)
end
println(namedt((a=1, b=2)))
