# Dotted calls: a tree of calls that is evaluated once for every place of the result.

struct Broadcasted{F,A}
    f::F
    args::A
end
broadcasted(f, args...) = Broadcasted(f, map(broadcastable, args))
# A range moved or scaled by a number is a range still.
broadcasted(::typeof(+), r::AbstractRange, x::Number) = r + x
broadcasted(::typeof(+), x::Number, r::AbstractRange) = x + r
broadcasted(::typeof(-), r::AbstractRange, x::Number) = r - x
broadcasted(::typeof(*), r::AbstractRange, x::Number) = r * x
broadcasted(::typeof(*), x::Number, r::AbstractRange) = x * r
broadcasted(::typeof(-), r::AbstractRange) = -r
broadcasted_kwsyntax(f, args...; keywords...) = broadcasted((xs...) -> f(xs...; keywords...), args...)

# What has places is indexed; everything else is the same at every place.
broadcastable(x) = x
broadcastable(g::Generator) = collect(g)
broadcastable(s::Set) = collect(s)

# `.+` as a value.
struct BroadcastFunction{F} <: Function
    f::F
end
(b::BroadcastFunction)(args...) = materialize(broadcasted(b.f, args...))
broadcast(f, args...) = materialize(broadcasted(f, args...))
broadcast!(f, destination, args...) = materialize!(destination, broadcasted(f, args...))
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

# The argument's value at a place. Along a dimension of length one there is only one.
at_place(x, i, j) = x
at_place(r::RefValue, i, j) = r.x
at_place(t::Tuple, i, j) = length(t) == 1 ? t[1] : t[i]
at_place(a::AbstractArray{T,1}, i, j) where {T} = length(a) == 1 ? a[1] : a[i]
at_place(a::AbstractArray{T,2}, i, j) where {T} = a[size(a, 1) == 1 ? 1 : i, size(a, 2) == 1 ? 1 : j]
at_place(b::Broadcasted{F,Tuple{A}}, i, j) where {F,A} = b.f(at_place(b.args[1], i, j))
at_place(b::Broadcasted{F,Tuple{A,B}}, i, j) where {F,A,B} = b.f(at_place(b.args[1], i, j), at_place(b.args[2], i, j))
at_place(b::Broadcasted, i, j) = b.f(map(x -> at_place(x, i, j), b.args)...)

# Arguments of one kind only, tuples, give a tuple.
has_array(x) = false
has_array(x::AbstractArray) = true
has_array(b::Broadcasted) = any(has_array, b.args)

materialize(x) = x
materialize(b::Broadcasted) = has_array(b) ? broadcast_array(b, places(b)) : broadcast_tuple(b, places(b))
broadcast_tuple(b, ::Tuple{}) = at_place(b, 1, 1)
broadcast_tuple(b, dims::Tuple) = ntuple(i -> at_place(b, i, 1), dims[1])

broadcast_array(b, ::Tuple{}) = at_place(b, 1, 1)
function broadcast_array(b, dims::Tuple{Int64})
    n = dims[1]
    n == 0 && return Core._new_array(Core.apply_type(Array, Any, 1), 0)
    x = at_place(b, 1, 1)
    a = Core._new_array(Core.apply_type(Array, typeof(x), 1), n)
    a[1] = x
    return broadcast_rest(a, b, 2)
end
function broadcast_array(b, dims::Tuple{Int64,Int64})
    m, n = dims
    m * n == 0 && return Core._new_array(Core.apply_type(Array, Any, 2), m, n)
    x = at_place(b, 1, 1)
    a = Core._new_array(Core.apply_type(Array, typeof(x), 2), m, n)
    a[1] = x
    return broadcast_rest(a, b, 2)
end
# From place `k` on. A value that does not fit moves everything to a wider array.
function broadcast_rest(a::Array{T,1}, b, k::Int64) where {T}
    while k <= length(a)
        x = at_place(b, k, 1)
        x isa T || return broadcast_rest(widened_copy(a, x, k), b, k + 1)
        a[k] = x
        k += 1
    end
    return a
end
function broadcast_rest(a::Array{T,2}, b, k::Int64) where {T}
    m = size(a, 1)
    while k <= length(a)
        x = at_place(b, rem(k - 1, m) + 1, div(k - 1, m) + 1)
        x isa T || return broadcast_rest(widened_copy(a, x, k), b, k + 1)
        a[k] = x
        k += 1
    end
    return a
end
function widened_copy(a::Array{T,N}, x, k) where {T,N}
    wider = Core._new_array(Core.apply_type(Array, promote_typejoin(T, typeof(x)), N), size(a)...)
    for i in 1:(k - 1)
        wider[i] = a[i]
    end
    wider[k] = x
    return wider
end

materialize!(a, x) = materialize!(a, Broadcasted(identity, (x,)))
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
materialize!(r::RefValue, b::Broadcasted) = (r[] = at_place(b, 1, 1); r)
function check_fits(dims, found)
    common_places(dims, found) == dims || throw(DimensionMismatch("array could not be broadcast to match destination"))
end

# `a[i] .= x` and `x.field .= y` write into what is there.
dotview(a, indices...) = getindex(a, indices...)
dotview(a::AbstractArray, indices::Union{Int64,AbstractArray,Colon}...) = view(a, indices...)
dotview(a::AbstractArray, indices::Int64...) = getindex(a, indices...)
dotgetproperty(x, name) = getproperty(x, name)
