# Iterators made of other iterators.

struct Enumerate{I}
    items::I
end
enumerate(items) = Enumerate(items)
length(e::Enumerate) = length(e.items)
eltype(::Type{Enumerate{I}}) where {I} = Tuple{Int64,eltype(I)}
iterate(e::Enumerate) = enumerate_step(iterate(e.items), 1)
iterate(e::Enumerate, state) = enumerate_step(iterate(e.items, state[2]), state[1])
enumerate_step(::Nothing, i) = nothing
enumerate_step(next, i) = ((i, next[1]), (i + 1, next[2]))

struct Zip{A,B}
    a::A
    b::B
end
zip(a, b) = Zip(a, b)
length(z::Zip) = min(length(z.a), length(z.b))
eltype(::Type{Zip{A,B}}) where {A,B} = Tuple{eltype(A),eltype(B)}
iterate(z::Zip) = zip_first(z, iterate(z.a))
zip_first(z, ::Nothing) = nothing
zip_first(z, a) = zip_step(a, iterate(z.b))
iterate(z::Zip, state) = zip_next(z, iterate(z.a, state[1]), state[2])
zip_next(z, ::Nothing, state) = nothing
zip_next(z, a, state) = zip_step(a, iterate(z.b, state))
zip_step(a, ::Nothing) = nothing
zip_step(a, b) = ((a[1], b[1]), (a[2], b[2]))

# Any other number of iterators.
struct ZipAll{T}
    all::T
end
zip(all...) = ZipAll(all)
length(z::ZipAll) = minimum(map(length, z.all))
iterate(z::ZipAll) = zip_all_step(map(iterate, z.all))
iterate(z::ZipAll, states) = zip_all_step(map(iterate, z.all, states))
zip_all_step(nexts) = any(isnothing, nexts) ? nothing : (map(first, nexts), map(last, nexts))

struct Generator{F,I}
    f::F
    iter::I
end
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
isempty(g::Generator) = isempty(g.iter)
iterate(g::Generator) = generator_step(g.f, iterate(g.iter))
iterate(g::Generator, state) = generator_step(g.f, iterate(g.iter, state))
generator_step(f, ::Nothing) = nothing
generator_step(f, next) = (f(next[1]), next[2])

struct Filter{F,I}
    predicate::F
    items::I
end
eltype(::Type{Filter{F,I}}) where {F,I} = eltype(I)
iterate(f::Filter) = filter_step(f, iterate(f.items))
iterate(f::Filter, state) = filter_step(f, iterate(f.items, state))
function filter_step(f, next)
    while next !== nothing
        f.predicate(next[1]) && return next
        next = iterate(f.items, next[2])
    end
    return nothing
end

# One iterator after the other: what `(... for x in xs for y in ys)` makes.
struct Flatten{I}
    iterators::I
end
iterate(f::Flatten) = flatten_outer(f, iterate(f.iterators))
function flatten_outer(f, outer)
    while outer !== nothing
        inner = iterate(outer[1])
        inner === nothing || return (inner[1], (outer[1], inner[2], outer[2]))
        outer = iterate(f.iterators, outer[2])
    end
    return nothing
end
function iterate(f::Flatten, state)
    inner = iterate(state[1], state[2])
    inner === nothing || return (inner[1], (state[1], inner[2], state[3]))
    return flatten_outer(f, iterate(f.iterators, state[3]))
end

# Every combination; the first iterator runs fastest.
struct Product2{A,B}
    a::A
    b::B
end
product(a, b) = Product2(a, b)
length(p::Product2) = length(p.a) * length(p.b)
size(p::Product2) = (length(p.a), length(p.b))
eltype(::Type{Product2{A,B}}) where {A,B} = Tuple{eltype(A),eltype(B)}
function iterate(p::Product2)
    b = iterate(p.b)
    b === nothing && return nothing
    return product_step(p, iterate(p.a), b)
end
product_step(p, ::Nothing, b) = nothing
product_step(p, a, b) = ((a[1], b[1]), (a[2], b))
function iterate(p::Product2, state)
    a = iterate(p.a, state[1])
    a === nothing || return product_step(p, a, state[2])
    b = iterate(p.b, state[2][2])
    b === nothing && return nothing
    return product_step(p, iterate(p.a), b)
end
# Three: pairs of the first two, with the third.
product(a) = Generator(x -> (x,), a)
product(a, b, c) = Generator(t -> (t[1]..., t[2]), Product2(Product2(a, b), c))

struct Take{I}
    items::I
    n::Int64
end
take(items, n::Integer) = Take(items, convert(Int64, n))
length(t::Take) = min(t.n, length(t.items))
eltype(::Type{Take{I}}) where {I} = eltype(I)
iterate(t::Take) = t.n <= 0 ? nothing : take_step(iterate(t.items), t.n - 1)
iterate(t::Take, state) = state[2] <= 0 ? nothing : take_step(iterate(t.items, state[1]), state[2] - 1)
take_step(::Nothing, left) = nothing
take_step(next, left) = (next[1], (next[2], left))

struct Drop{I}
    items::I
    n::Int64
end
drop(items, n::Integer) = Drop(items, convert(Int64, n))
length(d::Drop) = max(0, length(d.items) - d.n)
eltype(::Type{Drop{I}}) where {I} = eltype(I)
function iterate(d::Drop)
    next = iterate(d.items)
    for k in 1:d.n
        next === nothing && return nothing
        next = iterate(d.items, next[2])
    end
    return next
end
iterate(d::Drop, state) = iterate(d.items, state)

struct TakeWhile{F,I}
    predicate::F
    items::I
end
takewhile(f, items) = TakeWhile(f, items)
iterate(t::TakeWhile) = while_step(t, iterate(t.items))
iterate(t::TakeWhile, state) = while_step(t, iterate(t.items, state))
while_step(t, ::Nothing) = nothing
while_step(t, next) = t.predicate(next[1]) ? next : nothing

struct Reverse{I}
    items::I
end
length(r::Reverse) = length(r.items)
eltype(::Type{Reverse{I}}) where {I} = eltype(I)
iterate(r::Reverse) = iterate(r, lastindex(r.items))
iterate(r::Reverse, i) = i < firstindex(r.items) ? nothing : (r.items[i], previous_index(r.items, i))
previous_index(items, i) = i - 1
previous_index(s::String, i) = prevind(s, i)

struct Repeated{T}
    value::T
end
iterate(r::Repeated) = (r.value, nothing)
iterate(r::Repeated, ::Nothing) = (r.value, nothing)
struct Cycle{I}
    items::I
end
iterate(c::Cycle) = iterate(c.items)
function iterate(c::Cycle, state)
    next = iterate(c.items, state)
    return next === nothing ? iterate(c.items) : next
end
struct Count
    from::Int64
    step::Int64
end
iterate(c::Count) = (c.from, c.from)
iterate(c::Count, n::Int64) = (n + c.step, n + c.step)

module Iterators
import ..Base
import ..Base: take, drop, takewhile, product, enumerate, zip
const flatten = Base.Flatten
filter(f, items) = Base.Filter(f, items)
map(f, items) = Base.Generator(f, items)
reverse(items) = Base.Reverse(items)
repeated(x) = Base.Repeated(x)
repeated(x, n) = Base.take(Base.Repeated(x), n)
cycle(items) = Base.Cycle(items)
countfrom() = Base.Count(1, 1)
countfrom(n) = Base.Count(n, 1)
countfrom(n, step) = Base.Count(n, step)
peel(items) = Base.peeled(items, Base.iterate(items))
rest(items, state) = Base.Rest(items, state)
end

# What is left of an iteration.
struct Rest{I,S}
    items::I
    state::S
end
iterate(r::Rest) = iterate(r.items, r.state)
iterate(r::Rest, state) = iterate(r.items, state)
peeled(items, ::Nothing) = nothing
peeled(items, next) = (next[1], Rest(items, next[2]))
