# @generated functions: the body sees types and gives code.
@generated function kind(x)
    x <: Integer ? :("integer") : x <: AbstractFloat ? :("float") : :("other")
end
println(kind(1), " ", kind(1.5), " ", kind("s"), " ", kind(0x1))
@generated function sumtuple(t::NTuple{N,T}) where {N,T}
    ex = :(zero(T))
    for i in 1:N
        ex = :($ex + t[$i])
    end
    ex
end
println(sumtuple((1, 2, 3)), " ", sumtuple((1.5, 2.5)), " ", sumtuple((1,)))
@generated function nargs(args...)
    n = length(args)
    :($n)
end
println(nargs(), nargs(1), nargs(1, "a", :b))
@generated function firsttype(args...)
    string(args)
end
println(firsttype(1, 2.0))
@generated function fieldsum(x)
    parts = [:(getfield(x, $i)) for i in 1:fieldcount(x)]
    Expr(:call, :+, parts...)
end
struct P3
    a::Int
    b::Int
    c::Float64
end
println(fieldsum(P3(1, 2, 0.5)))
@generated function power(x, ::Val{n}) where {n}
    ex = :x
    for _ in 2:n
        ex = :($ex * x)
    end
    ex
end
println(power(2, Val(5)), " ", power(1.5, Val(2)), " ", power(3, Val(1)))
@generated withlocal(x) = quote
    y = x + 1
    z = y * 2
    if z > 10
        return :big
    end
    :small
end
println(withlocal(1), withlocal(10))
# used from ordinary code, in a loop
function total(n)
    s = 0
    for i in 1:n
        s += sumtuple((i, i))
    end
    s
end
println(total(10))
