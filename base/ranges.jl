# Ranges: from, to, by what step.

abstract type AbstractRange{T} <: AbstractArray{T,1} end
abstract type OrdinalRange{T,S} <: AbstractRange{T} end

abstract type AbstractUnitRange{T} <: OrdinalRange{T,T} end

# From one: what arrays are indexed by.
struct OneTo{T} <: AbstractUnitRange{T}
    stop::T
    OneTo{T}(stop) where {T} = new(stop < zero(T) ? zero(T) : stop)
end
OneTo(stop::T) where {T} = OneTo{T}(stop)

struct UnitRange{T} <: AbstractUnitRange{T}
    start::T
    stop::T
    UnitRange{T}(start, stop) where {T} = new(start, stop < start ? start - one(T) : stop)
end

struct StepRange{T,S} <: OrdinalRange{T,S}
    start::T
    step::S
    stop::T
    StepRange{T,S}(start, step, stop) where {T,S} = new(start, step, step_end(start, step, stop))
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
# Alone, `:` means all of an array where an index stands.
const Colon = typeof(:)
getindex(t::Tuple, ::Colon) = t
(:)(a::Integer, b::Integer) = range_of_two(promote(a, b))
range_of_two(t) = t[1]:t[2]
(:)(a::Real, b::Real) = range_of_two(promote(a, b))
(:)(a::Char, b::Char) = StepRange{Char,Int64}(a, 1, b)
(:)(a::T, s::T, b::T) where {T<:Integer} = StepRange{T,T}(a, s, b)
(:)(a::Integer, s::Integer, b::Integer) = range_of_three(promote_three(a, s, b))
(:)(a::Real, s::Real, b::Real) = range_of_three(promote_three(a, s, b))
(:)(a::Char, s::Integer, b::Char) = StepRange{Char,Int64}(a, s, b)
range_of_three(t) = (:)(t[1], t[2], t[3])
function promote_three(a, b, c)
    R = promote_type(typeof(a), promote_type(typeof(b), typeof(c)))
    return (convert(R, a), convert(R, b), convert(R, c))
end

# `range(start, stop; length)`, `range(start; stop, step)`, ...
range(start, stop; length = nothing, step = nothing) = range_from(start, stop, length, step)
range(start; stop = nothing, length = nothing, step = nothing) = range_from(start, stop, length, step)
range(; start = nothing, stop = nothing, length = nothing, step = nothing) = range_from(start, stop, length, step)
range_from(start, stop, ::Nothing, ::Nothing) = start:stop
range_from(start, stop, ::Nothing, step) = start:step:stop
range_from(start::Integer, ::Nothing, length, ::Nothing) = start:(start + length - 1)
range_from(start::Integer, ::Nothing, length, step::Integer) = start:step:(start + (length - 1) * step)
range_from(start, ::Nothing, length, ::Nothing) = range_from(start, nothing, length, one(start))
range_from(start, ::Nothing, length, step) = steps_like(start, step, convert(Int64, length))
function range_from(start, stop, length, ::Nothing)
    a, b = promote(float(start), float(stop))
    return spaced(a, b, convert(Int64, length))
end

UnitRange(r::AbstractUnitRange{T}) where {T} = UnitRange{T}(first(r), last(r))
UnitRange(a::T, b::T) where {T} = UnitRange{T}(a, b)
first(r::AbstractRange) = r.start
first(r::OneTo{T}) where {T} = one(T)
last(r::OneTo) = r.stop
step(r::OneTo{T}) where {T} = one(T)
length(r::OneTo) = convert(Int64, r.stop)
isempty(r::OneTo{T}) where {T} = r.stop < one(T)
iterate(r::OneTo{T}) where {T} = r.stop < one(T) ? nothing : (one(T), one(T))
iterate(r::OneTo{T}, i) where {T} = i == r.stop ? nothing : (i + one(T), i + one(T))
eltype(::Type{OneTo{T}}) where {T} = T
in(x::Integer, r::OneTo) = 1 <= x && x <= r.stop
last(r::UnitRange) = r.stop
last(r::StepRange) = r.stop
step(r::UnitRange{T}) where {T} = one(T)
step(r::StepRange) = r.step

length(r::UnitRange{T}) where {T} = convert(Int64, r.stop - r.start + one(T))
function length(r::StepRange)
    isempty(r) && return 0
    return convert(Int64, div(r.stop - r.start, r.step)) + 1
end
isempty(r::UnitRange) = r.stop < r.start
isempty(r::StepRange) = r.step > zero(r.step) ? r.stop < r.start : r.start < r.stop
size(r::AbstractRange) = (length(r),)
firstindex(r::AbstractRange) = 1
lastindex(r::AbstractRange) = length(r)
eachindex(r::AbstractRange) = OneTo(length(r))
eltype(::Type{UnitRange{T}}) where {T} = T
eltype(::Type{StepRange{T,S}}) where {T,S} = T

function getindex(r::UnitRange{T}, i::Int64) where {T}
    (i < 1) | (i > length(r)) && throw(BoundsError(r, i))
    return r.start + convert(T, i - 1)
end
function getindex(r::OneTo{T}, i::Int64) where {T}
    (i < 1) | (i > r.stop) && throw(BoundsError(r, i))
    return convert(T, i)
end
function getindex(r::StepRange, i::Int64)
    (i < 1) | (i > length(r)) && throw(BoundsError(r, i))
    return r.start + (i - 1) * r.step
end
iterate(r::UnitRange) = r.stop < r.start ? nothing : (r.start, r.start)
iterate(r::UnitRange{T}, i) where {T} = i == r.stop ? nothing : (i + one(T), i + one(T))
iterate(r::StepRange) = isempty(r) ? nothing : (r.start, r.start)
iterate(r::StepRange, i) = i == r.stop ? nothing : next_step(i + r.step)
next_step(i) = (i, i)

==(a::UnitRange, b::UnitRange) = a.start == b.start && a.stop == b.stop || isempty(a) && isempty(b)
in(x::Integer, r::UnitRange{<:Integer}) = r.start <= x && x <= r.stop
in(x::Integer, r::StepRange{<:Integer}) = !isempty(r) && min(r.start, r.stop) <= x && x <= max(r.start, r.stop) && rem(x - r.start, r.step) == 0
reverse(r::UnitRange{T}) where {T} = StepRange{T,T}(r.stop, -one(T), r.start)
reverse(r::StepRange{T,S}) where {T,S} = StepRange{T,S}(r.stop, -r.step, r.start)
minimum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.start
maximum(r::UnitRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.stop
reverse(r::OneTo{T}) where {T} = StepRange{T,T}(r.stop, -one(T), one(T))
minimum(r::OneTo) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : first(r)
maximum(r::OneTo) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : r.stop
function sum(r::AbstractUnitRange{<:Integer})
    n = length(r)
    a = first(r) + last(r)
    # One of the two is even: halve that one, so that the product does not overflow before the result does.
    return iseven(n) ? div(n, 2) * a : n * div(a, 2)
end
in(x::Real, r::UnitRange{<:Integer}) = isinteger(x) && r.start <= x && x <= r.stop

# Ranges beside each other become the simplest kind that can be all of them.
promote_rule(::Type{UnitRange{A}}, ::Type{UnitRange{B}}) where {A,B} = UnitRange{promote_type(A, B)}
promote_rule(::Type{UnitRange{A}}, ::Type{OneTo{B}}) where {A,B} = UnitRange{promote_type(A, B)}
promote_rule(::Type{OneTo{A}}, ::Type{OneTo{B}}) where {A,B} = OneTo{promote_type(A, B)}
promote_rule(::Type{StepRange{A,S}}, ::Type{StepRange{B,R}}) where {A,S,B,R} = StepRange{promote_type(A, B),promote_type(S, R)}
promote_rule(::Type{StepRange{A,S}}, ::Type{<:AbstractUnitRange{B}}) where {A,S,B} = StepRange{promote_type(A, B),promote_type(S, B)}
convert(::Type{UnitRange{T}}, r::AbstractUnitRange) where {T} = UnitRange{T}(first(r), last(r))
convert(::Type{UnitRange{T}}, r::UnitRange{T}) where {T} = r
convert(::Type{StepRange{T,S}}, r::OrdinalRange) where {T,S} = StepRange{T,S}(first(r), step(r), last(r))
convert(::Type{StepRange{T,S}}, r::StepRange{T,S}) where {T,S} = r

# Parts of ranges, and ranges moved and scaled, are ranges.
getindex(r::OneTo, part::OrdinalRange) = UnitRange(r)[part]
getindex(r::UnitRange{T}, part::OneTo) where {T} = r[UnitRange(part)]
function getindex(r::UnitRange{T}, part::UnitRange{<:Integer}) where {T}
    isempty(part) && return UnitRange{T}(r.start, r.start - one(T))
    (part.start < 1) | (part.stop > length(r)) && throw(BoundsError(r, part))
    return UnitRange{T}(r[part.start], r[part.stop])
end
getindex(r::UnitRange, part::StepRange{<:Integer}) = r[part.start]:part.step:r[part.start] + (part.stop - part.start)
function getindex(r::StepRange, part::OrdinalRange)
    isempty(part) && return r.start:r.step:(r.start - r.step)
    return r[first(part)]:(r.step * step(part)):r[last(part)]
end
getindex(r::AbstractRange, i::Integer) = r[convert(Int64, i)]
getindex(r::AbstractRange, ::Colon) = r
+(r::AbstractUnitRange, x::Integer) = (first(r) + x):(last(r) + x)
-(r::AbstractUnitRange, x::Integer) = (first(r) - x):(last(r) - x)
+(r::StepRange, x::Integer) = (r.start + x):r.step:(r.stop + x)
-(r::StepRange, x::Integer) = (r.start - x):r.step:(r.stop - x)
*(r::OrdinalRange, x::Integer) = (first(r) * x):(step(r) * x):(last(r) * x)
+(r::AbstractRange, x::Real) = steps_like(first(r) + x, step(r), length(r))
-(r::AbstractRange, x::Real) = steps_like(first(r) - x, step(r), length(r))
*(r::AbstractRange, x::Real) = steps_like(first(r) * x, step(r) * x, length(r))
*(x::Real, r::AbstractRange) = r * x
+(x::Real, r::AbstractRange) = r + x
-(r::OrdinalRange) = (-first(r)):(-step(r)):(-last(r))
+(a::OrdinalRange, b::OrdinalRange) = (first(a) + first(b)):(step(a) + step(b)):(last(a) + last(b))
copy(r::AbstractRange) = r
minimum(r::StepRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : min(first(r), last(r))
maximum(r::StepRange) = isempty(r) ? throw(ArgumentError("range must be non-empty")) : max(first(r), last(r))
setindex!(r::AbstractRange, x, i) = error("setindex! not defined for ", typeof(r))
StepRange(start::T, step::S, stop) where {T,S} = StepRange{T,S}(start, step, stop)
/(r::AbstractRange, x::Real) = steps_like(first(r) / x, step(r) / x, length(r))
-(x::Real, r::AbstractRange) = -r + x
*(x::Integer, r::OrdinalRange) = r * x
+(x::Integer, r::OrdinalRange) = r + x
-(a::OrdinalRange, b::OrdinalRange) = range_of_differences(a, b)
function range_of_differences(a, b)
    same_lengths(a, b)
    return range(first(a) - first(b), step = step(a) - step(b), length = length(a))
end
sort(r::OrdinalRange) = step(r) >= 0 ? r : reverse(r)
==(a::OrdinalRange, b::OrdinalRange) = isempty(a) && isempty(b) || length(a) == length(b) && first(a) == first(b) && last(a) == last(b)
issorted(r::OrdinalRange) = step(r) >= 0 || length(r) <= 1
unique(r::AbstractRange) = collect(r)
allunique(r::OrdinalRange) = true
extrema(r::AbstractRange) = (minimum(r), maximum(r))
range_from(::Nothing, stop, length, step) = (s = step === nothing ? one(stop) : step; range_from(stop - (length - 1) * s, nothing, length, s))
