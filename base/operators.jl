# Operators that are defined through others, whatever the types.

==(x, y) = x === y
!=(x, y) = !(x == y)
const ≠ = !=

isless(x::Real, y::Real) = x < y
isless(x::BitFloat, y::Real) = isless_number(x, y)
isless(x::Real, y::BitFloat) = isless_number(x, y)
isless(x::BitFloat, y::BitFloat) = isless_number(promote(x, y)...)
# NaN comes last, -0.0 before 0.0.
isless_number(x, y) = isnan(x) || isnan(y) ? isnan(y) && !isnan(x) : x < y || (x == y && signbit(x) && !signbit(y))
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
isequal(x::BitFloat, y::Real) = isnan(x) ? isnan(y) : signbit(x) == signbit(y) && x == y
isequal(x::Real, y::BitFloat) = isequal(y, x)
cmp(x, y) = isless(x, y) ? -1 : isless(y, x) ? 1 : 0
cmp(x::Real, y::Real) = isless(x, y) ? -1 : isless(y, x) ? 1 : 0

max(x, y) = isless(y, x) ? x : y
min(x, y) = isless(y, x) ? y : x
max(x, y, z, rest...) = max(max(x, y), z, rest...)
max(x) = x
min(x, y, z, rest...) = min(min(x, y), z, rest...)
min(x) = x
minmax(x, y) = isless(y, x) ? (y, x) : (x, y)
clamp(x::X, lo::L, hi::H) where {X,L,H} = (T = promote_type(X, L, H); hi < x ? convert(T, hi) : x < lo ? convert(T, lo) : convert(T, x))
clamp(x, ::Type{T}) where {T<:Integer} = convert(T, clamp(x, typemin(T), typemax(T)))

+(x::Number) = x
*(x::Number) = x
+(a, b, c, rest...) = folded(+, (a + b) + c, rest...)
*(a, b, c, rest...) = folded(*, (a * b) * c, rest...)
(&)(a, b, c, rest...) = folded(&, (a & b) & c, rest...)
|(a, b, c, rest...) = folded(|, (a | b) | c, rest...)
xor(a, b, c, rest...) = folded(xor, xor(xor(a, b), c), rest...)
(&)(x::Integer) = x
|(x::Integer) = x
xor(x::Integer) = x
nand(x, y) = ~(x & y)
nor(x, y) = ~(x | y)
const ⊼ = nand
const ⊽ = nor
folded(f, a) = a
# A sum of many terms in a loop, where a frame for each would exhaust the stack.
folded(f, a, b, rest...) = length(rest) > 16 ? folded_in_loop(f, f(a, b), rest) : folded(f, f(a, b), rest...)
function folded_in_loop(f, value, rest)
    for x in rest
        value = f(value, x)
    end
    return value
end

const ÷ = div
const % = rem
const ⊻ = xor

|>(x, f) = f(x)

struct ComposedFunction{F,G} <: Function
    outer::F
    inner::G
end
(c::ComposedFunction)(xs...; keywords...) = c.outer(c.inner(xs...; keywords...))
∘(f, g) = ComposedFunction(f, g)
∘(f, g, h...) = ∘(f ∘ g, h...)

zero(x::Number) = zero(typeof(x))
one(x::Number) = one(typeof(x))
oneunit(x) = one(x)
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

# A function of two arguments with one of them given.
struct Fix1{F,T} <: Function
    f::F
    x::T
end
struct Fix2{F,T} <: Function
    f::F
    x::T
end
(c::Fix1)(y) = c.f(c.x, y)
(c::Fix2)(y) = c.f(y, c.x)

# `!f`: the function that answers the opposite.
!(f::Function) = (!) ∘ f
∘(f) = f
