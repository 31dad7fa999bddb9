# Iterators made of other iterators, and what is known of an iterator's length and elements before it runs.

abstract type IteratorSize end
struct SizeUnknown <: IteratorSize end
struct HasLength <: IteratorSize end
struct HasShape{N} <: IteratorSize end
struct IsInfinite <: IteratorSize end
IteratorSize(x) = IteratorSize(typeof(x))
IteratorSize(::Type) = HasLength()
IteratorSize(::Type{<:AbstractArray{T,N}}) where {T,N} = HasShape{N}()
IteratorSize(::Type{<:Number}) = HasShape{0}()
IteratorSize(::Type{<:Tuple}) = HasLength()

abstract type IteratorEltype end
struct EltypeUnknown <: IteratorEltype end
struct HasEltype <: IteratorEltype end
IteratorEltype(x) = IteratorEltype(typeof(x))
IteratorEltype(::Type) = HasEltype()

# What two iterators that run together know of their size: the shorter one ends both.
joint_size(a, b) = HasLength()
joint_size(a::HasShape{N}, b::HasShape{N}) where {N} = a
joint_size(::IsInfinite, ::IsInfinite) = IsInfinite()
joint_size(::IsInfinite, b) = b
joint_size(a, ::IsInfinite) = a
joint_size(::SizeUnknown, b) = SizeUnknown()
joint_size(a, ::SizeUnknown) = SizeUnknown()
joint_size(::SizeUnknown, ::SizeUnknown) = SizeUnknown()
joint_size(::SizeUnknown, ::IsInfinite) = SizeUnknown()
joint_size(::IsInfinite, ::SizeUnknown) = SizeUnknown()
joint_eltype(a, b) = EltypeUnknown()
joint_eltype(a::HasEltype, b::HasEltype) = a
# An iterator that drops or repeats elements keeps a length, but no shape.
shapeless(x) = x
shapeless(::HasShape) = HasLength()

struct Enumerate{I}
    items::I
end
enumerate(items) = Enumerate(items)
length(e::Enumerate) = length(e.items)
size(e::Enumerate) = size(e.items)
eltype(::Type{Enumerate{I}}) where {I} = Tuple{Int64,eltype(I)}
IteratorSize(::Type{Enumerate{I}}) where {I} = IteratorSize(I)
IteratorEltype(::Type{Enumerate{I}}) where {I} = IteratorEltype(I)
iterate(e::Enumerate) = enumerate_step(iterate(e.items), 1)
iterate(e::Enumerate, state) = enumerate_step(iterate(e.items, state[2]), state[1])
enumerate_step(::Nothing, i) = nothing
enumerate_step(next, i) = ((i, next[1]), (i + 1, next[2]))

struct Zip{A,B}
    a::A
    b::B
end
zip(a, b) = Zip(a, b)
length(z::Zip) = joint_length(IteratorSize(z.a), IteratorSize(z.b), z.a, z.b)
joint_length(sa, sb, a, b) = min(length(a), length(b))
joint_length(::IsInfinite, sb, a, b) = length(b)
joint_length(sa, ::IsInfinite, a, b) = length(a)
size(z::Zip) = size(z.a)
eltype(::Type{Zip{A,B}}) where {A,B} = Tuple{eltype(A),eltype(B)}
IteratorSize(::Type{Zip{A,B}}) where {A,B} = joint_size(IteratorSize(A), IteratorSize(B))
IteratorEltype(::Type{Zip{A,B}}) where {A,B} = joint_eltype(IteratorEltype(A), IteratorEltype(B))
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
length(z::ZipAll) = minimum([length(x) for x in z.all if !(IteratorSize(x) isa IsInfinite)])
IteratorSize(::Type{ZipAll{T}}) where {T} = shapeless(foldl(joint_size, map(IteratorSize, fieldtypes(T))))
IteratorEltype(::Type{ZipAll{T}}) where {T} = foldl(joint_eltype, map(IteratorEltype, fieldtypes(T)))
eltype(::Type{ZipAll{T}}) where {T} = Core.apply_type(Tuple, map(eltype, fieldtypes(T))...)
iterate(z::ZipAll) = zip_all_step(map(iterate, z.all))
iterate(z::ZipAll, states) = zip_all_step(map(iterate, z.all, states))
zip_all_step(nexts) = any(isnothing, nexts) ? nothing : (map(first, nexts), map(last, nexts))

struct Generator{I,F}
    f::F
    iter::I
end
Generator(f, a, b, rest...) = Generator(t -> f(t...), zip(a, b, rest...))
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
axes(g::Generator) = axes(g.iter)
isempty(g::Generator) = isempty(g.iter)
ndims(g::Generator) = ndims(g.iter)
keys(g::Generator) = keys(g.iter)
IteratorSize(::Type{Generator{I,F}}) where {I,F} = IteratorSize(I)
IteratorEltype(::Type{<:Generator}) = EltypeUnknown()
iterate(g::Generator) = generator_step(g.f, iterate(g.iter))
iterate(g::Generator, state) = generator_step(g.f, iterate(g.iter, state))
generator_step(f, ::Nothing) = nothing
generator_step(f, next) = (f(next[1]), next[2])

struct Filter{F,I}
    predicate::F
    items::I
end
eltype(::Type{Filter{F,I}}) where {F,I} = eltype(I)
IteratorSize(::Type{<:Filter}) = SizeUnknown()
IteratorEltype(::Type{Filter{F,I}}) where {F,I} = IteratorEltype(I)
iterate(f::Filter) = filter_step(f.predicate, f.items, iterate(f.items))
iterate(f::Filter, state) = filter_step(f.predicate, f.items, iterate(f.items, state))
function filter_step(predicate, items, next)
    while next !== nothing
        predicate(next[1]) && return next
        next = iterate(items, next[2])
    end
    return nothing
end

# The elements of a collection that are not missing, under the indices they have there.
struct SkipMissing{T}
    x::T
end
skipmissing(items) = SkipMissing(items)
eltype(::Type{SkipMissing{T}}) where {T} = nonmissingtype(eltype(T))
IteratorSize(::Type{<:SkipMissing}) = SizeUnknown()
IteratorEltype(::Type{SkipMissing{T}}) where {T} = IteratorEltype(T)
is_there(x) = !ismissing(x)
iterate(s::SkipMissing) = filter_step(is_there, s.x, iterate(s.x))
iterate(s::SkipMissing, state) = filter_step(is_there, s.x, iterate(s.x, state))
keys(s::SkipMissing) = Filter(i -> is_there(s.x[i]), keys(s.x))
eachindex(s::SkipMissing) = keys(s)
function getindex(s::SkipMissing, i)
    v = s.x[i]
    ismissing(v) && throw(MissingException(string("the value at index ", (i,), " is missing")))
    return v
end
filter(f, s::SkipMissing) = [v for v in s if f(v)]

# One iterator after the other: what `(... for x in xs for y in ys)` makes.
struct Flatten{I}
    iterators::I
end
eltype(::Type{Flatten{I}}) where {I} = eltype(eltype(I))
IteratorSize(::Type{<:Flatten}) = SizeUnknown()
IteratorEltype(::Type{Flatten{I}}) where {I} = IteratorEltype(I) isa HasEltype && isconcretetype(eltype(I)) ? IteratorEltype(eltype(I)) : EltypeUnknown()
IteratorEltype(::Type{Flatten{I}}) where {I<:Tuple} = foldl(joint_eltype, map(IteratorEltype, fieldtypes(I)))
eltype(::Type{Flatten{I}}) where {I<:Tuple} = foldl(promote_typejoin, map(eltype, fieldtypes(I)))
length(f::Flatten) = sum(length, f.iterators; init = 0)
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

# Every combination; the first iterator runs fastest. Two are the common case.
struct Product2{A,B}
    a::A
    b::B
end
product(a, b) = Product2(a, b)
# The lengths an iterator adds to the shape of a product.
shape_of(x) = shape_by(IteratorSize(x), x)
shape_by(::HasShape, x) = size(x)
shape_by(::HasLength, x) = (length(x),)
shape_by(s, x) = throw(ArgumentError("Cannot construct size for objects of types " * string(typeof(x))))
product_size(a, b) = SizeUnknown()
product_size(::HasLength, ::HasLength) = HasShape{2}()
product_size(::HasShape{N}, ::HasLength) where {N} = HasShape{N + 1}()
product_size(::HasLength, ::HasShape{N}) where {N} = HasShape{N + 1}()
product_size(::HasShape{M}, ::HasShape{N}) where {M,N} = HasShape{M + N}()
product_size(::IsInfinite, b) = IsInfinite()
product_size(a, ::IsInfinite) = IsInfinite()
product_size(::IsInfinite, ::IsInfinite) = IsInfinite()
length(p::Product2) = length(p.a) * length(p.b)
size(p::Product2) = (shape_of(p.a)..., shape_of(p.b)...)
ndims(p::Product2) = length(size(p))
eltype(::Type{Product2{A,B}}) where {A,B} = Tuple{eltype(A),eltype(B)}
IteratorSize(::Type{Product2{A,B}}) where {A,B} = product_size(IteratorSize(A), IteratorSize(B))
IteratorEltype(::Type{Product2{A,B}}) where {A,B} = joint_eltype(IteratorEltype(A), IteratorEltype(B))
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

# Any other number. The state holds each iterator's last value and state.
struct Product{T}
    all::T
end
product(all...) = Product(all)
length(p::Product) = element_count(map(length, p.all))
size(p::Product) = product_shape(p.all)
product_shape(::Tuple{}) = ()
product_shape(all::Tuple) = (shape_of(all[1])..., product_shape(tail(all))...)
ndims(p::Product) = length(size(p))
eltype(::Type{Product{T}}) where {T} = Core.apply_type(Tuple, map(eltype, fieldtypes(T))...)
IteratorSize(::Type{Product{T}}) where {T} = foldl(product_size, map(IteratorSize, fieldtypes(T)), init = HasShape{0}())
IteratorEltype(::Type{Product{T}}) where {T} = foldl(joint_eltype, map(IteratorEltype, fieldtypes(T)), init = HasEltype())
function iterate(p::Product)
    nexts = map(iterate, p.all)
    any(isnothing, nexts) && return nothing
    return (map(first, nexts), nexts)
end
function iterate(p::Product, nexts)
    nexts = advance_product(p.all, nexts)
    nexts === nothing && return nothing
    return (map(first, nexts), nexts)
end
advance_product(all::Tuple{}, nexts::Tuple{}) = nothing
function advance_product(all, nexts)
    next = iterate(all[1], nexts[1][2])
    next === nothing || return (next, tail(nexts)...)
    others = advance_product(tail(all), tail(nexts))
    others === nothing && return nothing
    return (iterate(all[1]), others...)
end

struct Take{I}
    items::I
    n::Int64
end
function take(items, n::Integer)
    n < 0 && throw(ArgumentError("Take length must be non-negative"))
    return Take(items, convert(Int64, n))
end
length(t::Take) = IteratorSize(t.items) isa IsInfinite ? t.n : min(t.n, length(t.items))
eltype(::Type{Take{I}}) where {I} = eltype(I)
IteratorSize(::Type{Take{I}}) where {I} = take_size(IteratorSize(I))
take_size(::SizeUnknown) = SizeUnknown()
take_size(::IteratorSize) = HasLength()
IteratorEltype(::Type{Take{I}}) where {I} = IteratorEltype(I)
iterate(t::Take) = t.n <= 0 ? nothing : take_step(iterate(t.items), t.n - 1)
iterate(t::Take, state) = state[2] <= 0 ? nothing : take_step(iterate(t.items, state[1]), state[2] - 1)
take_step(::Nothing, left) = nothing
take_step(next, left) = (next[1], (next[2], left))

struct Drop{I}
    items::I
    n::Int64
end
function drop(items, n::Integer)
    n < 0 && throw(ArgumentError("Drop length must be non-negative"))
    return Drop(items, convert(Int64, n))
end
length(d::Drop) = max(0, length(d.items) - d.n)
eltype(::Type{Drop{I}}) where {I} = eltype(I)
IteratorSize(::Type{Drop{I}}) where {I} = shapeless(IteratorSize(I))
IteratorEltype(::Type{Drop{I}}) where {I} = IteratorEltype(I)
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
eltype(::Type{TakeWhile{F,I}}) where {F,I} = eltype(I)
IteratorSize(::Type{<:TakeWhile}) = SizeUnknown()
IteratorEltype(::Type{TakeWhile{F,I}}) where {F,I} = IteratorEltype(I)
iterate(t::TakeWhile) = while_step(t, iterate(t.items))
iterate(t::TakeWhile, state) = while_step(t, iterate(t.items, state))
while_step(t, ::Nothing) = nothing
while_step(t, next) = t.predicate(next[1]) ? next : nothing

struct DropWhile{F,I}
    predicate::F
    items::I
end
dropwhile(f, items) = DropWhile(f, items)
eltype(::Type{DropWhile{F,I}}) where {F,I} = eltype(I)
IteratorSize(::Type{<:DropWhile}) = SizeUnknown()
IteratorEltype(::Type{DropWhile{F,I}}) where {F,I} = IteratorEltype(I)
function iterate(d::DropWhile)
    next = iterate(d.items)
    while next !== nothing && d.predicate(next[1])
        next = iterate(d.items, next[2])
    end
    return next
end
iterate(d::DropWhile, state) = iterate(d.items, state)

struct Reverse{I}
    items::I
end
length(r::Reverse) = length(r.items)
size(r::Reverse) = size(r.items)
eltype(::Type{Reverse{I}}) where {I} = eltype(I)
IteratorSize(::Type{Reverse{I}}) where {I} = IteratorSize(I)
IteratorEltype(::Type{Reverse{I}}) where {I} = IteratorEltype(I)
iterate(r::Reverse) = iterate(r, lastindex(r.items))
iterate(r::Reverse, i) = i < firstindex(r.items) ? nothing : (r.items[i], previous_index(r.items, i))
previous_index(items, i) = i - 1
previous_index(s::AbstractString, i) = prevind(s, i)
# What has no indices but wraps something that has.
reversed_items(items) = Reverse(items)
reversed_items(g::Generator) = Generator(g.f, reversed_items(g.iter))
reversed_items(e::Enumerate) = Generator(i -> (i, e.items[i]), length(e.items):-1:1)
reversed_items(z::Zip) = Zip(reversed_items(z.a), reversed_items(z.b))
reversed_items(r::AbstractRange) = reverse(r)
reversed_items(r::Reverse) = r.items

struct Repeated{T}
    value::T
end
eltype(::Type{Repeated{T}}) where {T} = T
IteratorSize(::Type{<:Repeated}) = IsInfinite()
iterate(r::Repeated) = (r.value, nothing)
iterate(r::Repeated, ::Nothing) = (r.value, nothing)
struct Cycle{I}
    items::I
end
eltype(::Type{Cycle{I}}) where {I} = eltype(I)
IteratorSize(::Type{<:Cycle}) = IsInfinite()
IteratorEltype(::Type{Cycle{I}}) where {I} = IteratorEltype(I)
iterate(c::Cycle) = iterate(c.items)
function iterate(c::Cycle, state)
    next = iterate(c.items, state)
    return next === nothing ? iterate(c.items) : next
end
struct Count{T,S}
    from::T
    step::S
end
eltype(::Type{Count{T,S}}) where {T,S} = promote_type(T, S)
IteratorSize(::Type{<:Count}) = IsInfinite()
iterate(c::Count) = (c.from, c.from + c.step)
iterate(c::Count, n) = (n, n + c.step)

# What is left of an iteration.
struct Rest{I,S}
    items::I
    state::S
end
eltype(::Type{Rest{I,S}}) where {I,S} = eltype(I)
IteratorSize(::Type{Rest{I,S}}) where {I,S} = rest_size(IteratorSize(I))
rest_size(::IsInfinite) = IsInfinite()
rest_size(::IteratorSize) = SizeUnknown()
IteratorEltype(::Type{Rest{I,S}}) where {I,S} = IteratorEltype(I)
iterate(r::Rest) = iterate(r.items, r.state)
iterate(r::Rest, state) = iterate(r.items, state)
peeled(items, ::Nothing) = nothing
peeled(items, next) = (next[1], Rest(items, next[2]))

# Pieces of `n` elements; the last may be shorter.
struct PartitionIterator{C}
    items::C
    n::Int64
end
function partition(items, n::Integer)
    n < 1 && throw(ArgumentError("cannot create partitions of length $n"))
    return PartitionIterator(items, convert(Int64, n))
end
length(p::PartitionIterator) = cld(length(p.items), p.n)
eltype(::Type{PartitionIterator{C}}) where {C} = Array{eltype(C),1}
eltype(::Type{PartitionIterator{C}}) where {C<:AbstractRange} = C
eltype(::Type{PartitionIterator{C}}) where {C<:AbstractArray} = part_type(C)
part_type(::Type{C}) where {T,C<:AbstractArray{T}} = SubArray{T,1,C,Tuple{UnitRange{Int64}},true}
IteratorSize(::Type{PartitionIterator{C}}) where {C} = shapeless(IteratorSize(C))
IteratorEltype(::Type{PartitionIterator{C}}) where {C} = C <: AbstractArray ? HasEltype() : EltypeUnknown()
iterate(p::PartitionIterator{<:AbstractArray}, from = 1) = from > length(p.items) ? nothing : (piece(p.items, from:min(from + p.n - 1, length(p.items))), from + p.n)
piece(items::AbstractArray, r) = view(items, r)
piece(items::AbstractRange, r) = items[r]
function iterate(p::PartitionIterator, state...)
    part = Array{eltype(p.items),1}(undef, 0)
    next = iterate(p.items, state...)
    next === nothing && return nothing
    while true
        push!(part, next[1])
        length(part) == p.n && break
        following = iterate(p.items, next[2])
        following === nothing && break
        next = following
    end
    return (part, next[2])
end

# The running results of a fold.
struct Accumulate{F,I,T}
    f::F
    items::I
    init::T
end
IteratorSize(::Type{Accumulate{F,I,T}}) where {F,I,T} = IteratorSize(I)
IteratorEltype(::Type{<:Accumulate}) = EltypeUnknown()
length(a::Accumulate) = length(a.items)
size(a::Accumulate) = size(a.items)
function iterate(a::Accumulate)
    next = iterate(a.items)
    next === nothing && return nothing
    value = a.init isa NoInit ? next[1] : a.f(a.init, next[1])
    return (value, (value, next[2]))
end
function iterate(a::Accumulate, state)
    next = iterate(a.items, state[2])
    next === nothing && return nothing
    value = a.f(state[1], next[1])
    return (value, (value, next[2]))
end

# An iterator that remembers where it is: each `for` goes on where the last one stopped.
mutable struct Stateful{I}
    items::I
    next::Any
end
Stateful(items) = Stateful(items, iterate(items))
eltype(::Type{Stateful{I}}) where {I} = eltype(I)
IteratorSize(::Type{<:Stateful}) = SizeUnknown()
IteratorEltype(::Type{Stateful{I}}) where {I} = IteratorEltype(I)
isempty(s::Stateful) = s.next === nothing
function iterate(s::Stateful, ::Nothing = nothing)
    s.next === nothing && return nothing
    return (popfirst!(s), nothing)
end
function popfirst!(s::Stateful)
    s.next === nothing && throw(EOFError())
    value, state = s.next
    s.next = iterate(s.items, state)
    return value
end
peek(s::Stateful, default = nothing) = s.next === nothing ? default : s.next[1]

module Iterators
export enumerate, zip, rest, countfrom, take, drop, takewhile, dropwhile, cycle, repeated, product, flatten, flatmap, partition, peel
import ..Base
import ..Base: take, drop, takewhile, dropwhile, product, partition, enumerate, zip, peek
using ..Base: Enumerate, Zip, Filter, Flatten, Take, Drop, Reverse, Repeated, Cycle, Rest, Count, Stateful, TakeWhile, DropWhile
using ..Base: IteratorSize, IteratorEltype, HasLength, HasShape, SizeUnknown, IsInfinite, HasEltype, EltypeUnknown
const ProductIterator = Base.Product
flatten(items) = Base.Flatten(items)
flatmap(f, items...) = Base.Flatten(Base.Generator(f, items...))
filter(f, items) = Base.Filter(f, items)
map(f, items, more...) = Base.Generator(f, items, more...)
reverse(items) = Base.reversed_items(items)
repeated(x) = Base.Repeated(x)
repeated(x, n) = Base.take(Base.Repeated(x), n)
cycle(items) = Base.Cycle(items)
countfrom(n = 1, step = 1) = Base.Count(n, step)
peel(items) = Base.peeled(items, Base.iterate(items))
rest(items, state) = Base.Rest(items, state)
accumulate(f, items; init = Base.NoInit()) = Base.Accumulate(f, items, init)
only(items) = Base.only(items)
nth(items, n) = Base.first(Base.drop(items, n - 1))
end
