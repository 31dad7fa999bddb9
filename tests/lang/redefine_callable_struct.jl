# Methods of a callable struct with parameters are added and replaced, by type and by parameter.
struct Scale{T}
    by::T
end
(s::Scale)(x) = s.by * x
(s::Scale{Int64})(x, y) = (s(x), s(y))
apply(f, x) = f(x)
applied(s) = string(apply(s, 3), " ", s(1, 2))

function (@main)(args)
    println(applied(Scale(2)))
    return 0
end
