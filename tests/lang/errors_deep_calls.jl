# Recursion through dispatch, callbacks, keywords and varargs.
# stress: 1000
overflows(f) = try
    f()
    false
catch e
    e isa StackOverflowError
end
kw(; n = 0) = kw(n = n + 1) + 1
va(xs...) = va(1, xs[1]) + 1
through_map(v) = map(through_map, [v])
through_sort(x) = sort([2, 1], by = through_sort)
struct Callable end
(c::Callable)(x) = c(x) + 1
Base.show(io::IO, c::Callable) = print(io, "<", c, ">")
Base.getindex(c::Callable, i::Int) = c[i + 1] + 1
abstract type Shape end
struct A <: Shape end
struct B <: Shape end
area(::A) = area(rand_shape(1)) + 1
area(::B) = area(rand_shape(2)) + 1
rand_shape(k)::Shape = k == 1 ? B() : A()
println(overflows(() -> kw()))
println(overflows(() -> va(1)))
println(overflows(() -> through_map(1)))
println(overflows(() -> through_sort(1)))
println(overflows(() -> Callable()(1)))
println(overflows(() -> string(Callable())))
println(overflows(() -> Callable()[1]))
println(overflows(() -> area(A())))
function in_finally(n)
    try
        in_finally(n + 1)
    finally
        n + 1
    end
end
println(overflows(() -> in_finally(1)))
