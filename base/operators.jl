# Operators that are defined through others, whatever the types.

==(x, y) = x === y
!=(x, y) = !(x == y)
const ≠ = !=

isless(x::Real, y::Real) = x < y
<(x, y) = isless(x, y)
>(x, y) = y < x
<=(x, y) = (x < y) || (x == y)
>=(x, y) = y <= x
const ≤ = <=
const ≥ = >=

isequal(x, y) = x == y
isequal(x) = y -> isequal(y, x)
==(x) = y -> y == x
!=(x) = y -> y != x
<(x) = y -> y < x
>(x) = y -> y > x
<=(x) = y -> y <= x
>=(x) = y -> y >= x
in(collection) = x -> in(x, collection)
isequal(a::Tuple, b::Tuple) = length(a) == length(b) && all(i -> isequal(a[i], b[i]), 1:length(a))
isequal(x::BitFloat, y::BitFloat) = isnan(x) ? isnan(y) : signbit(x) == signbit(y) && x == y
cmp(x, y) = isless(x, y) ? -1 : isless(y, x) ? 1 : 0

max(x, y) = isless(y, x) ? x : y
min(x, y) = isless(y, x) ? y : x
max(x, y, z, rest...) = max(max(x, y), z, rest...)
max(x) = x
min(x, y, z, rest...) = min(min(x, y), z, rest...)
min(x) = x
minmax(x, y) = isless(y, x) ? (y, x) : (x, y)
clamp(x, lo, hi) = x < lo ? oftype(x, lo) : hi < x ? oftype(x, hi) : x

+(x::Number) = x
*(x::Number) = x
+(a, b, c, rest...) = folded(+, (a + b) + c, rest...)
*(a, b, c, rest...) = folded(*, (a * b) * c, rest...)
(&)(a, b, c, rest...) = folded(&, (a & b) & c, rest...)
|(a, b, c, rest...) = folded(|, (a | b) | c, rest...)
folded(f, a) = a
folded(f, a, b, rest...) = folded(f, f(a, b), rest...)

const ÷ = div
const % = rem
const ⊻ = xor

|>(x, f) = f(x)

struct ComposedFunction{F,G} <: Function
    outer::F
    inner::G
end
(c::ComposedFunction)(xs...) = c.outer(c.inner(xs...))
∘(f, g) = ComposedFunction(f, g)
∘(f, g, h...) = ∘(f ∘ g, h...)

zero(x::Number) = convert(typeof(x), 0)
one(x::Number) = convert(typeof(x), 1)
zero(::Type{T}) where {T<:Number} = convert(T, 0)
one(::Type{T}) where {T<:Number} = convert(T, 1)
iszero(x) = x == zero(x)
isone(x) = x == one(x)

(>:)(a, b) = b <: a

in(x, collection) = contains_item(x, collection)
function contains_item(x, collection)
    for y in collection
        y == x && return true
    end
    return false
end
const ∈ = in
∉(x, collection) = !in(x, collection)
