# Structs in registers and on the heap, tuples, unions, identity.

struct Point
    x::Float64
    y::Float64
end
add(a::Point, b::Point) = Point(a.x + b.x, a.y + b.y)
test_point() = add(Point(1.0, 2.0), Point(3.0, 4.0))
function walk(n)
    p = Point(0.0, 0.0)
    for i in 1:n
        p = add(p, Point(1.0, Float64(i)))
    end
    p
end
test_walk() = walk(10)

mutable struct Counter
    n::Int64
    name::String
    any
end
function count_up!(c, k)
    for i in 1:k
        c.n += i
    end
    c
end
test_counter() = count_up!(Counter(1, "c", nothing), 10).n
test_counter_fields() = (c = Counter(1, "c", 2.5); c.any = c.name; (c.n, c.name, c.any))
throws_type() = (c = Counter(1, "c", nothing); c.n = "no"; c)

struct Named
    name::String
    n::Int64
end
rename(x) = Named(x.name * "!", x.n + 1)
test_named() = rename(rename(Named("a", 1)))

struct Big
    a::Int64
    b::Int64
    c::Int64
    d::Int64
    e::Int64
    f::Int64
    g::Int64
    h::Int64
    i::Int64
    j::Int64
end
big(n) = Big(n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n)
test_big() = (b = big(3); (b.a + b.j, b))
take_big(b) = b.c + b.i
test_take_big() = take_big(big(4))

struct Mixed
    a::Int8
    b::Float64
    c::Bool
    d::Any
end
test_mixed() = (m = Mixed(Int8(3), 2.5, true, :s); (m.a, m.b, m.c, m.d))
struct Padded
    a::Int8
    b::Int64
end
padded(n) = Padded(Int8(n), n)
test_padded() = padded(3) === padded(3)
test_padded_any() = (a = Any[padded(3), padded(3)]; a[1] === a[2])

mutable struct Node
    value::Int64
    next::Union{Nothing,Node}
end
function make_list(n)
    list = nothing
    for i in 1:n
        list = Node(i, list)
    end
    list
end
function sum_list(list)
    s = 0
    while list !== nothing
        s += list.value
        list = list.next
    end
    s
end
test_list() = sum_list(make_list(20))

mutable struct Lazy
    a::String
    b::String
    Lazy(a) = new(a)
end
test_lazy() = (l = Lazy("x"); l.b = "y"; l.a * l.b)
throws_undefined() = Lazy("x").b

pick(n) = n > 0 ? n : n < 0 ? 2.5 : nothing
describe(x) = x === nothing ? "none" : x isa Int64 ? "int" : "float"
test_union() = (describe(pick(1)), describe(pick(-1)), describe(pick(0)))
function alternate(n)
    x = 1
    for i in 1:n
        x = i % 2 == 0 ? i : Float64(i)
    end
    x
end
test_alternate() = (alternate(4), alternate(5))
maybe_pair(n) = n > 0 ? (n, "pair") : nothing
unpack(n) = (p = maybe_pair(n); p === nothing ? "nothing" : p[2])
test_maybe_pair() = (unpack(1), unpack(-1), maybe_pair(2), maybe_pair(-2))

swap(t) = (t[2], t[1])
test_swap() = swap((1, "two"))
third(t) = t[3]
test_third() = third((1, 2.0, 'c'))
function sum_tuple(t)
    s = 0
    for x in t
        s += x
    end
    s
end
test_sum_tuple() = sum_tuple((1, 2, 3, 4))
at(t, i) = t[i]
test_at() = at((10, 20, 30), 2)
throws_at() = at((10, 20, 30), 4)
nested() = ((1, (2, 3)), ((), "x"))
test_nested() = nested()

test_identity() = (1 === 1, 1 === 1.0, "a" === "a", (1, 2) === (1, 2), Point(1.0, 2.0) === Point(1.0, 2.0))
same(a, b) = a === b
test_same() = (same(1, 1), same(1, 2), same("ab", "ab"), same(:a, :a), same(nothing, 1), same((1, "a"), (1, "a")))
test_types() = (typeof(1), typeof(2.0), typeof("s"), typeof((1, 2.0)), typeof(pick(1)))
kind(x) = typeof(x)
test_kind() = (kind(pick(1)), kind(pick(-1)), kind(pick(0)), kind(Any[1][1]))
is_number(x) = x isa Number
test_isa() = (is_number(1), is_number("s"), is_number(pick(0)), is_number(Any[2.5][1]))
assert_int(x) = x::Int64
test_assert() = assert_int(Any[3][1])
throws_assert() = assert_int(Any["x"][1])
choose(c, a, b) = ifelse(c, a, b)
test_ifelse() = (choose(true, 1, 2), choose(false, 1.5, 2), choose(true, "a", nothing))

abstract type Shape end
struct Circle <: Shape
    r::Float64
end
struct Square <: Shape
    a::Float64
end
area(c::Circle) = 3.0 * c.r * c.r
area(s::Square) = s.a * s.a
function total(shapes)
    s = 0.0
    for x in shapes
        s += area(x)
    end
    s
end
test_shapes() = total(Any[Circle(1.0), Square(2.0), Circle(2.0)])
test_shapes_union() = total(Union{Circle,Square}[Circle(1.0), Square(2.0)])
struct Box{T}
    x::T
end
unbox(b) = b.x
test_parametric() = (unbox(Box(1)), unbox(Box("s")), unbox(Box(Box(2.5))))

#> (add, Point(1.0, 2.0), Point(3.0, 4.0))
#> (walk, 10)
#> (count_up!, Counter(1, "c", 2), 10)
#> (rename, Named("a", 1))
#> (big, 3)
#> (take_big, big(4))
#> (padded, 3)
#> (sum_list, make_list(20))
#> (sum_list, nothing)
#> (pick, 1)
#> (pick, -1)
#> (pick, 0)
#> (describe, 2.5)
#> (alternate, 5)
#> (maybe_pair, 3)
#> (maybe_pair, -3)
#> (unpack, 3)
#> (swap, (1, "two"))
#> (third, (1, 2.0, 'c'))
#> (sum_tuple, (1, 2, 3, 4))
#> (at, (10, 20, 30), 2)
#> (at, (10, 20, 30), 4)
#> (at, (1, 2.0, "x"), 3)
#> (same, "ab", "ab")
#> (same, Point(1.0, 2.0), Point(1.0, 2.0))
#> (same, Named("a", 1), Named("a", 1))
#> (same, Named("a", 1), Named("b", 1))
#> (choose, false, 1.5, 2)
#> (unbox, Box(Box(2.5)))
#> (total, Union{Circle,Square}[Circle(1.0), Square(2.0)])
#> (identity, nothing)
