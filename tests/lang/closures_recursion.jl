# Local functions that call themselves and each other.
function outer(n)
    fact(k) = k <= 1 ? 1 : k * fact(k - 1)
    even(k) = k == 0 ? true : odd(k - 1)
    odd(k) = k == 0 ? false : even(k - 1)
    return fact(n), even(n), odd(n)
end
println(outer(5))
function nested(a)
    function middle(b)
        function inner(c)
            a += 1
            return a + b + c
        end
        return inner(1) + inner(2)
    end
    r = middle(10)
    return r, a
end
println(nested(0))
curry(f) = a -> b -> c -> f(a, b, c)
println(curry((a, b, c) -> a * b + c)(2)(3)(4))
function local_methods(x)
    g(a::Int64) = "int"
    g(a::String) = "string"
    return g(x)
end
println(local_methods(1), " ", local_methods("s"))
