# Calls of every kind, closures, globals, variables that may be undefined, strings.

plus(x, y=2) = x + y
test_default() = (plus(1), plus(1, 5))
many(x, rest...) = (x, length(rest), rest)
test_vararg() = (many(1), many(1, 2), many(1, "a", 2.5))
spread(t) = many(t...)
test_spread() = spread((1, 2, 3))
first_of(xs...) = xs[1]
test_first() = first_of(7, 8)

function make_counter()
    n = 0
    () -> (n += 1; n)
end
test_closure() = (c = make_counter(); c(); c(); c())
adder(k) = x -> x + k
test_adder() = adder(3)(4)
apply_twice(f, x) = f(f(x))
test_apply() = apply_twice(x -> 2x, 5)
compose_all(fs, x) = (for f in fs; x = f(x); end; x)
test_compose() = compose_all(Any[x -> x + 1, x -> x * 3, sqrt], 2)
test_map() = map(x -> x + 1, [1, 2, 3])

counter = 0
bump() = (global counter; counter += 1; counter)
test_global() = (global counter = 10; bump(); bump())
const LIMIT = 42
test_const() = LIMIT + 1
throws_global() = not_defined_anywhere + 1
global_of_type = "text"
test_global_any() = length(global_of_type)

function maybe(flag)
    if flag
        x = 1
    end
    x
end
test_maybe() = maybe(true)
throws_maybe() = maybe(false)
function defined(flag)
    local x
    if flag
        x = "set"
    end
    @isdefined(x) ? x : "unset"
end
test_defined() = (defined(true), defined(false))

throws_method() = plus("a", 1)
throws_condition() = (x = Any[1][1]; x ? 1 : 2)
test_condition() = (x = Any[true][1]; x ? 1 : 2)
is_even(n) = n == 0 ? true : is_odd(n - 1)
is_odd(n) = n == 0 ? false : is_even(n - 1)
test_mutual() = (is_even(10), is_even(7))
ackermann(m, n) = m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1))
test_ackermann() = ackermann(2, 3)

dispatch_on(x::Int64) = "int"
dispatch_on(x::AbstractString) = "string"
dispatch_on(x) = "other"
test_dispatch() = (dispatch_on(1), dispatch_on("s"), dispatch_on(2.5), dispatch_on(Any[1][1]), dispatch_on(Any["x"][1]))
type_argument(::Type{T}, x) where {T} = (T, x isa T)
test_type_argument() = (type_argument(Int64, 1), type_argument(String, 1))
static(x::Vector{T}) where {T} = T
test_static() = (static([1]), static(["a"]))

test_string() = "a" * "b" * string(1) * string(2.5)
interpolate(x, y) = "x = $x, y = $y"
test_interpolate() = interpolate(1, "two")
test_length() = (length("hello"), length("größe"), "abc" == "abc", "abc" < "abd")
function count_letters(s, c)
    n = 0
    for x in s
        if x == c
            n += 1
        end
    end
    n
end
test_count() = count_letters("banana", 'a')
test_codeunit() = codeunit("abc", 2)
throws_codeunit() = codeunit("abc", 4)
test_symbol() = (:a === :a, :a === :b, string(:abc))
function many_variables(n)
    a, b, c, d, e = 1, 2.0, "three", 'f', nothing
    for i in 1:n
        a, b = a + i, b * 2
        d = d + 1
        e = i % 2 == 0 ? c : a
    end
    (a, b, c, d, e)
end
test_many_variables() = (many_variables(3), many_variables(4))
function nested_loops(n)
    s = 0
    for i in 1:n
        for j in i:n
            j % 3 == 0 && continue
            s > 1000 && break
            s += i * j
        end
    end
    s
end
test_nested_loops() = nested_loops(12)

#> (many, 1, "a", 2.5)
#> (spread, (1, 2, 3))
#> (apply_twice, x -> 2x, 5)
#> (compose_all, Any[x -> x + 1, x -> x * 3, sqrt], 2)
#> (maybe, true)
#> (maybe, false)
#> (defined, false)
#> (is_even, 10)
#> (ackermann, 2, 3)
#> (dispatch_on, 1)
#> (type_argument, Int64, 1)
#> (static, ["a"])
#> (interpolate, 1, "two")
#> (count_letters, "banana", 'a')
#> (many_variables, 4)
#> (nested_loops, 12)
