# Dotted calls: a tree of calls that is evaluated once for every place of the result. `style` is nothing unless an
# argument's type asked, by a `BroadcastStyle` of its own, to make the result itself.

struct Broadcasted{S,A,F,T}
    style::S
    f::F
    args::T
    axes::A
end
lazy_call(f, args...) = Broadcasted(nothing, f, args, nothing)
broadcasted(f, args...) = Broadcasted(nothing, f, map(broadcastable, args), nothing)
# A range moved or scaled by a number is a range still.
broadcasted(::typeof(+), r::AbstractRange, x::Number) = r + x
broadcasted(::typeof(+), x::Number, r::AbstractRange) = x + r
broadcasted(::typeof(-), r::AbstractRange, x::Number) = r - x
broadcasted(::typeof(*), r::AbstractRange, x::Number) = scaled(r, x)
broadcasted(::typeof(*), x::Number, r::AbstractRange) = scaled(r, x)
broadcasted(::typeof(/), r::AbstractRange, x::Number) = divided(r, x)
broadcasted(::typeof(-), r::AbstractRange) = -r
broadcasted(::typeof(-), x::Number, r::AbstractRange) = -r + x
broadcasted(::typeof(+), a::AbstractRange, b::AbstractRange) = length(a) == length(b) ? a + b : lazy_call(+, a, b)
broadcasted(::typeof(-), a::AbstractRange, b::AbstractRange) = length(a) == length(b) ? a - b : lazy_call(-, a, b)
broadcasted_kwsyntax(f, args...; keywords...) = broadcasted((xs...) -> f(xs...; keywords...), args...)

# What has places is indexed; a scalar is the same at every place; any other collection is collected first.
const BroadcastScalar = Union{Number,AbstractString,Symbol,Char,Function,Type,Nothing,Missing,Module,Val,RefValue,IO,Exception}
broadcastable(x) = collect(x)
broadcastable(x::Union{BroadcastScalar,AbstractArray,Tuple,Broadcasted}) = x
broadcastable(p::Pair) = RefValue(p)
broadcastable(d::Union{AbstractDict,NamedTuple}) = throw(ArgumentError("broadcasting over dictionaries and `NamedTuple`s is reserved"))
broadcastable(s::AbstractSet) = collect(s)

# `.+` as a value.
struct BroadcastFunction{F} <: Function
    f::F
end
(b::BroadcastFunction)(args...) = materialize(broadcasted(b.f, args...))
broadcast(f, args...) = materialize(broadcasted(f, args...))
broadcast!(f, destination, args...) = (materialize!(destination, broadcasted(f, args...)); destination)
andand(a, b) = a && b
oror(a, b) = a || b

# The sizes of an argument; a scalar has none.
places(x) = ()
places(x::AbstractArray) = size(x)
places(x::Tuple) = (length(x),)
places(b::Broadcasted) = places_of_all(b.args...)
places_of_all() = ()
places_of_all(a) = places(a)
places_of_all(a, rest...) = common_places(places(a), places_of_all(rest...))
common_places(a::Tuple{}, b::Tuple{}) = ()
common_places(a::Tuple, b::Tuple{}) = a
common_places(a::Tuple{}, b::Tuple) = b
common_places(a::Tuple, b::Tuple) = (common_length(a[1], b[1]), common_places(tail(a), tail(b))...)
function common_length(m, n)
    m == n || n == 1 ? m : m == 1 ? n : throw(DimensionMismatch(string("arrays could not be broadcast to a common size; got a dimension with lengths ", m, " and ", n)))
end
size(b::Broadcasted) = places(b)
axes(b::Broadcasted) = axes_of(places(b))
length(b::Broadcasted) = element_count(places(b))

# The argument's value at a place. Along a dimension of length one there is only one.
at_place(x, i, j) = x
at_place(r::RefValue, i, j) = r.x
at_place(t::Tuple, i, j) = length(t) == 1 ? t[1] : t[i]
at_place(a::AbstractArray{T,0}, i, j) where {T} = a[]
at_place(a::AbstractArray{T,1}, i, j) where {T} = length(a) == 1 ? a[1] : a[i]
at_place(a::AbstractArray{T,2}, i, j) where {T} = a[size(a, 1) == 1 ? 1 : i, size(a, 2) == 1 ? 1 : j]
at_place(b::Broadcasted{S,X,F,Tuple{A}}, i, j) where {S,X,F,A} = b.f(at_place(b.args[1], i, j))
at_place(b::Broadcasted{S,X,F,Tuple{A,B}}, i, j) where {S,X,F,A,B} = b.f(at_place(b.args[1], i, j), at_place(b.args[2], i, j))
at_place(b::Broadcasted, i, j) = b.f(map(x -> at_place(x, i, j), b.args)...)
# The same for any number of dimensions.
at_index(x, index) = at_place(x, index[1], 1)
at_index(a::AbstractArray{T,N}, index) where {T,N} = a[place_within(size(a), index)...]
at_index(b::Broadcasted, index) = b.f(map(x -> at_index(x, index), b.args)...)
place_within(::Tuple{}, ::Tuple{}) = ()
place_within(::Tuple{}, index::Tuple) = ()
place_within(dims::Tuple, ::Tuple{}) = map(n -> 1, dims)
place_within(dims::Tuple, index::Tuple) = (dims[1] == 1 ? 1 : index[1], place_within(tail(dims), tail(index))...)

# Arguments of one kind only, tuples, give a tuple.
has_array(x) = false
has_array(x::AbstractArray) = true
has_array(b::Broadcasted) = any(has_array, b.args)

# Styles: how a type of its own takes part.
abstract type BroadcastStyle end
abstract type AbstractArrayStyle{N} <: BroadcastStyle end
struct DefaultArrayStyle{N} <: AbstractArrayStyle{N} end
struct ArrayStyle{A} <: AbstractArrayStyle{Any} end
struct TupleStyle <: BroadcastStyle end
BroadcastStyle(::Type{<:AbstractArray{T,N}}) where {T,N} = DefaultArrayStyle{N}()
BroadcastStyle(::Type) = DefaultArrayStyle{0}()
BroadcastStyle(::Type{<:Tuple}) = TupleStyle()
own_style(x) = chosen_style(BroadcastStyle(typeof(x)))
own_style(x::Union{Array,AbstractRange,Number,RefValue,Tuple,AbstractString}) = nothing
own_style(b::Broadcasted) = first_style(map(own_style, b.args))
chosen_style(s) = s
chosen_style(::Union{DefaultArrayStyle,TupleStyle}) = nothing
first_style(::Tuple{}) = nothing
first_style(styles::Tuple) = styles[1] === nothing ? first_style(tail(styles)) : styles[1]

materialize(x) = x
materialize(b::Broadcasted) = materialize_as(own_style(b), b)
materialize_as(::Nothing, b) = has_array(b) ? broadcast_array(b, places(b)) : broadcast_tuple(b, places(b))
materialize_as(style, b) = copy(Broadcasted(style, b.f, b.args, axes(b)))
function copy(b::Broadcasted)
    T = Core._return_type(at_place, Core.apply_type(Tuple, typeof(Broadcasted(nothing, b.f, b.args, nothing)), Int64, Int64))
    if !isconcretetype(T)
        T = eltype(materialize_as(nothing, Broadcasted(nothing, b.f, b.args, nothing)))
    end
    return copyto!(similar(b, T), Broadcasted(nothing, b.f, b.args, nothing))
end
similar(b::Broadcasted, ::Type{T}) where {T} = similar_of(T, places(b))
copyto!(destination::AbstractArray, b::Broadcasted) = (materialize!(destination, b); destination)
broadcast_tuple(b, ::Tuple{}) = at_place(b, 1, 1)
broadcast_tuple(b, dims::Tuple) = ntuple(i -> at_place(b, i, 1), dims[1])

# Truth values are kept as bits.
broadcast_result(::Type{T}, dims) where {T} = similar_of(T, dims)
broadcast_result(::Type{Bool}, dims) = BitArray(undef, dims)
broadcast_array(b, ::Tuple{}) = at_place(b, 1, 1)
function broadcast_array(b, dims::Tuple)
    element_count(dims) == 0 && return broadcast_result(place_type(b), dims)
    x = at_number(b, dims, 1)
    a = broadcast_result(typeof(x), dims)
    a[1] = x
    return broadcast_rest(a, b, dims, 2)
end
place_type(b) = Core._return_type(at_place, Core.apply_type(Tuple, typeof(b), Int64, Int64))
# The value at the place with a number.
at_number(b, dims::Tuple{Int64}, k) = at_place(b, k, 1)
at_number(b, dims::Tuple{Int64,Int64}, k) = at_place(b, rem(k - 1, dims[1]) + 1, div(k - 1, dims[1]) + 1)
at_number(b, dims::Tuple, k) = at_index(b, cartesian_index(dims, k))
# From place `k` on. A value that does not fit moves everything to a wider array.
function broadcast_rest(a::AbstractArray{T}, b, dims, k::Int64) where {T}
    while k <= length(a)
        x = at_number(b, dims, k)
        x isa T || return broadcast_rest(widened_copy(a, x, k), b, dims, k + 1)
        a[k] = x
        k += 1
    end
    return a
end
function widened_copy(a::AbstractArray{T,N}, x, k) where {T,N}
    wider = Core._new_array(Core.apply_type(Array, promote_typejoin(T, typeof(x)), N), size(a)...)
    for i in 1:(k - 1)
        wider[i] = a[i]
    end
    wider[k] = x
    return wider
end

materialize!(a, x) = materialize!(a, lazy_call(identity, x))
function materialize!(a::AbstractArray{T,1}, b::Broadcasted) where {T}
    check_fits(size(a), places(b))
    for i in 1:length(a)
        a[i] = at_place(b, i, 1)
    end
    return a
end
function materialize!(a::AbstractArray{T,2}, b::Broadcasted) where {T}
    check_fits(size(a), places(b))
    for j in 1:size(a, 2), i in 1:size(a, 1)
        a[i, j] = at_place(b, i, j)
    end
    return a
end
function materialize!(a::AbstractArray{T,0}, b::Broadcasted) where {T}
    check_fits((), places(b))
    a[] = at_place(b, 1, 1)
    return a
end
function materialize!(a::AbstractArray, b::Broadcasted)
    check_fits(size(a), places(b))
    for i in CartesianIndices(a)
        a[i] = at_index(b, i.I)
    end
    return a
end
materialize!(r::RefValue, b::Broadcasted) = (r[] = at_place(b, 1, 1); r)
function check_fits(dims, found)
    fits_into(dims, found) || throw(DimensionMismatch("array could not be broadcast to match destination"))
end
fits_into(dims::Tuple, ::Tuple{}) = true
fits_into(::Tuple{}, ::Tuple{}) = true
fits_into(::Tuple{}, found::Tuple) = all(n -> n == 1, found)
fits_into(dims::Tuple, found::Tuple) = (found[1] == 1 || found[1] == dims[1]) && fits_into(tail(dims), tail(found))

# `a[i] .= x` and `x.field .= y` write into what is there.
dotview(a, indices...) = getindex(a, indices...)
dotview(a::AbstractArray, indices...) = dotview_of(a, flat_parts(indices))
dotview_of(a, indices::Tuple) = view(a, indices...)
dotview_of(a, indices::Tuple{Vararg{Integer}}) = getindex(a, indices...)
dotgetproperty(x, name) = getproperty(x, name)

module Broadcast
using ..Base: Broadcasted, BroadcastStyle, AbstractArrayStyle, DefaultArrayStyle, ArrayStyle, BroadcastFunction, broadcast
import ..Base: broadcastable, broadcasted, materialize, materialize!, broadcast!
const Style = Base.TupleStyle
end
