# Ranges: from, to, by what step.

abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T} <: AbstractRange{T} end

struct UnitRange{T} <: OrdinalRange{T}
    start::T
    stop::T
    UnitRange{T}(start, stop) where {T} = new(start, stop < start ? start - one(T) : stop)
end

struct StepRange{T,S} <: OrdinalRange{T}
    start::T
    step::S
    stop::T
    StepRange{T,S}(start, step, stop) where {T,S} = new(start, step, step_end(start, step, stop))
end

# A range of floats counts its elements, since adding the step again and again drifts.
struct StepRangeLen{T} <: AbstractRange{T}
    start::T
    step::T
    len::Int64
end

# The last element that the steps reach; before the first when there is none.
function step_end(start, step, stop)
    step == zero(step) && throw(ArgumentError("step cannot be zero"))
    if step > zero(step)
        return stop < start ? start - one(start) * one(step) : stop - rem(stop - start, step)
    end
    return stop > start ? start + one(start) * one(step) : stop + rem(start - stop, -step)
end

(:)(a::T, b::T) where {T<:Integer} = UnitRange{T}(a, b)
(:)(a::Integer, b::Integer) = range_of_two(promote(a, b))
range_of_two(t) = t[1]:t[2]
(:)(a::T, b::T) where {T<:BitFloat} = float_range(a, one(T), b)
(:)(a::Real, b::Real) = range_of_two(promote(a, b))
(:)(a::Char, b::Char) = StepRange{Char,Int64}(a, 1, b)
(:)(a::T, s::T, b::T) where {T<:Integer} = StepRange{T,T}(a, s, b)
(:)(a::Integer, s::Integer, b::Integer) = range_of_three(promote_three(a, s, b))
(:)(a::T, s::T, b::T) where {T<:BitFloat} = float_range(a, s, b)
(:)(a::Real, s::Real, b::Real) = range_of_three(promote_three(a, s, b))
(:)(a::Char, s::Integer, b::Char) = StepRange{Char,Int64}(a, s, b)
range_of_three(t) = (:)(t[1], t[2], t[3])
function promote_three(a, b, c)
    R = promote_type(typeof(a), promote_type(typeof(b), typeof(c)))
    return (convert(R, a), convert(R, b), convert(R, c))
end

function float_range(start::T, step::T, stop::T) where {T}
    step == zero(T) && throw(ArgumentError("range step cannot be zero"))
    n = floor((stop - start) / step * (one(T) + 4 * eps_of(T)))
    return StepRangeLen{T}(start, step, n < zero(T) ? 0 : fptosi(Int64, n) + 1)
end
eps_of(::Type{Float64}) = 2.220446049250313e-16
eps_of(::Type{Float32}) = 1.1920929f-7

first(r::AbstractRange) = r.start
last(r::UnitRange) = r.stop
last(r::StepRange) = r.stop
last(r::StepRangeLen) = r[r.len]
step(r::UnitRange{T}) where {T} = one(T)
step(r::StepRange) = r.step
step(r::StepRangeLen) = r.step

length(r::UnitRange{T}) where {T} = convert(Int64, r.stop - r.start + one(T))
function length(r::StepRange)
    isempty(r) && return 0
    return convert(Int64, div(r.stop - r.start, r.step)) + 1
end
length(r::StepRangeLen) = r.len
isempty(r::UnitRange) = r.stop < r.start
isempty(r::StepRange) = r.step > zero(r.step) ? r.stop < r.start : r.start < r.stop
isempty(r::StepRangeLen) = r.len == 0
size(r::AbstractRange) = (length(r),)
firstindex(r::AbstractRange) = 1
lastindex(r::AbstractRange) = length(r)
eachindex(r::AbstractRange) = 1:length(r)
eltype(::Type{UnitRange{T}}) where {T} = T
eltype(::Type{StepRange{T,S}}) where {T,S} = T
eltype(::Type{StepRangeLen{T}}) where {T} = T

function getindex(r::UnitRange{T}, i::Int64) where {T}
    (i < 1) | (i > length(r)) && throw(BoundsError(r, i))
    return r.start + convert(T, i - 1)
end
function getindex(r::StepRange, i::Int64)
    (i < 1) | (i > length(r)) && throw(BoundsError(r, i))
    return r.start + (i - 1) * r.step
end
function getindex(r::StepRangeLen{T}, i::Int64) where {T}
    (i < 1) | (i > r.len) && throw(BoundsError(r, i))
    return r.start + convert(T, i - 1) * r.step
end

iterate(r::UnitRange) = r.stop < r.start ? nothing : (r.start, r.start)
iterate(r::UnitRange{T}, i) where {T} = i == r.stop ? nothing : (i + one(T), i + one(T))
iterate(r::StepRange) = isempty(r) ? nothing : (r.start, r.start)
iterate(r::StepRange, i) = i == r.stop ? nothing : next_step(i + r.step)
next_step(i) = (i, i)
iterate(r::StepRangeLen) = r.len == 0 ? nothing : (r.start, 1)
iterate(r::StepRangeLen{T}, i::Int64) where {T} = i == r.len ? nothing : (r.start + convert(T, i) * r.step, i + 1)

==(a::UnitRange, b::UnitRange) = a.start == b.start && a.stop == b.stop || isempty(a) && isempty(b)
in(x::Integer, r::UnitRange{<:Integer}) = r.start <= x && x <= r.stop
in(x::Integer, r::StepRange{<:Integer}) = !isempty(r) && min(r.start, r.stop) <= x && x <= max(r.start, r.stop) && rem(x - r.start, r.step) == 0
reverse(r::UnitRange{T}) where {T} = StepRange{T,T}(r.stop, -one(T), r.start)
reverse(r::StepRange{T,S}) where {T,S} = StepRange{T,S}(r.stop, -r.step, r.start)
minimum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.start
maximum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.stop
function sum(r::UnitRange{<:Integer})
    n = length(r)
    a = r.start + r.stop
    # One of the two is even: halve that one, so that the product does not overflow before the result does.
    return iseven(n) ? div(n, 2) * a : n * div(a, 2)
end
