# Ranges of floats. Where start, step and stop are fractions of small integers, as decimal numbers are that people write,
# the range is computed from those integers: `0.1:0.1:0.3` has the element `0.3`, which adding floats misses. A range
# counts from the element nearest to zero, with a step of doubled precision, so that every element is the float nearest
# to its exact value. Narrow floats are computed in `Float64`.

# Elements are `ref + (i - offset) * step`, for `i` from 1 to `len`.
struct StepRangeLen{T,R,S,L<:Integer} <: AbstractRange{T}
    ref::R
    step::S
    len::L
    offset::L
    function StepRangeLen{T,R,S,L}(ref, step, len, offset = 1) where {T,R,S,L}
        len >= 0 || throw(ArgumentError(string("length cannot be negative, got ", len)))
        1 <= offset && offset <= max(1, len) ||
            throw(ArgumentError(string("StepRangeLen: offset must be in [1,", len, "], got ", offset)))
        return new(ref, step, len, offset)
    end
end
StepRangeLen{T,R,S}(ref, step, len::Integer, offset::Integer = 1) where {T,R,S} = StepRangeLen{T,R,S,Int64}(ref, step, len, offset)
StepRangeLen{T}(ref::R, step::S, len::Integer, offset::Integer = 1) where {T,R,S} = StepRangeLen{T,R,S,Int64}(ref, step, len, offset)
StepRangeLen(ref::R, step::S, len::Integer, offset::Integer = 1) where {R,S} = StepRangeLen{typeof(ref + zero(step)),R,S,Int64}(ref, step, len, offset)
StepRangeLen(ref::TwicePrecision{T}, step::TwicePrecision{T}, len::Integer, offset::Integer = 1) where {T} =
    StepRangeLen{T,TwicePrecision{T},TwicePrecision{T},Int64}(ref, step, len, offset)

# The range of doubled precision for elements of type `T`; the step loses `nb` bits of its greater part, those by which
# positions multiply it.
hp_range(::Type{Float64}, ref::TwicePrecision{Float64}, step::TwicePrecision{Float64}, nb, len, offset) =
    StepRangeLen(ref, with_short_head(step, nb), len, offset)
hp_range(::Type{T}, ref::TwicePrecision{Float64}, step::TwicePrecision{Float64}, nb, len, offset) where {T} =
    StepRangeLen{T,Float64,Float64,Int64}(float_of(ref), float_of(step), len, offset)
widened_twice(x::BitFloat) = twice(convert(Float64, x))

# The bits that positions relative to `offset` have, as far as a step can spare them.
function position_bits(::Type{T}, len, offset) where {T}
    len < 2 && return 0
    return min(cld(precision(T), 2), n_bits(max(offset - 1, len - offset) - 1))
end

# The fraction that a float stands for: of its continued fractions the first that gives it. The denominator is 0 where
# there is none with numbers that the next narrower type of floats has exactly.
function fraction(x::T) where {T<:BitFloat}
    y = x
    a, b, c, d = 1, 0, 0, 1
    limit = fraction_limit(T)
    while abs(y) <= limit
        whole = trunc(Int64, y)
        y -= whole
        a, c = whole * a + c, a
        b, d = whole * b + d, b
        max(abs(a), abs(b)) <= limit || return (c, d)
        convert(T, a) / convert(T, b) == x && break
        y = inv(y)
    end
    return (a, b)
end
fraction_limit(::Type{Float64}) = 16777216
fraction_limit(::Type{Float32}) = 2048
fraction_limit(::Type{Float16}) = 2048
is_fraction(x::T, (n, d)) where {T} = d != 0 && convert(T, n / d) == x

# Numerators over the least common denominator, which is 0 where they get too large for the type.
function over_common(x::T, (_, p), y::T, (_, q)) where {T}
    denominator = p == 0 || q == 0 ? 0 : abs(div(p, gcd(p, q)) * q)
    limit = maxintfloat(T, Int64)
    fits = denominator != 0 && abs(x * denominator) <= limit && abs(y * denominator) <= limit &&
        rem(denominator, p) == 0 && rem(denominator, q) == 0
    return fits ? (round(Int64, x * denominator), round(Int64, y * denominator), denominator) : (0, 0, 0)
end

# From the fraction `first` on by `step`, both over `denominator`.
function fraction_range(::Type{T}, first, step, len, denominator) where {T}
    if len < 2 || step == 0
        return hp_range(T, twice(Float64, first, denominator), twice(Float64, step, denominator), 0, len, 1)
    end
    nearest = clamp(round(Int64, -first / step + 1), 1, len)
    ref = twice(Float64, first + (nearest - 1) * step, denominator)
    return hp_range(T, ref, twice(Float64, step, denominator), position_bits(T, len, nearest), len, nearest)
end

is_between(a, x, b) = a <= x && x <= b || b <= x && x <= a

(:)(a::T, b::T) where {T<:BitFloat} = (:)(a, one(T), b)
function (:)(start::T, step::T, stop::T) where {T<:BitFloat}
    step == 0 && throw(ArgumentError("range step cannot be zero"))
    by = fraction(step)
    if is_fraction(step, by)
        from, to = fraction(start), fraction(stop)
        if is_fraction(start, from) && is_fraction(stop, to)
            a, s, d = over_common(start, from, step, by)
            if d != 0
                n, q = to
                len = max(0, div(d * n - q * a + s * q, s * q))
                is_between(start, start + (len - 1) * step, stop + step / 2) &&
                    !is_between(start, start + len * step, stop) && return fraction_range(T, a, s, len, d)
            end
        end
    end
    # Taken literally.
    steps = (stop - start) / step
    len = steps < 0 ? 0 : steps == 0 ? 1 : round(Int64, steps) + 1
    if len > 1
        reached = start + (len - 1) * step
        len -= (start < stop && stop < reached) + (start > stop && stop > reached)
    end
    return hp_range(T, widened_twice(start), widened_twice(step), 0, len, 1)
end

# So many elements by a step.
function steps_from(start::T, step::T, len::Int64) where {T<:BitFloat}
    from, by = fraction(start), fraction(step)
    if is_fraction(start, from) && is_fraction(step, by)
        a, s, d = over_common(start, from, step, by)
        d == 0 || return fraction_range(T, a, s, len, d)
    end
    return hp_range(T, widened_twice(start), widened_twice(step), 0, len, 1)
end

# So many elements between two.
function spaced(start::T, stop::T, len::Int64) where {T<:BitFloat}
    if len < 2
        len < 0 && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): negative length")))
        len == 1 && start != stop && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): endpoints differ")))
        return hp_range(T, widened_twice(start), widened_twice(stop - start), 0, len, 1)
    end
    start == stop && return hp_range(T, widened_twice(start), widened_twice(zero(T)), 0, len, 1)
    from, to = fraction(start), fraction(stop)
    if from[2] != 0 && to[2] != 0
        a, b, d = over_common(start, from, stop, to)
        if d != 0 && convert(T, a / d) == start && convert(T, b / d) == stop
            return spaced_fractions(T, a, b, len, d)
        end
    end
    return spaced_floats(start, stop, len)
end
function spaced_fractions(::Type{T}, first, last, len, denominator) where {T}
    nearest = clamp(round(Int64, -first / (convert(Float64, last) - convert(Float64, first)) * (len - 1) + 1), 1, len)
    d = widemul(len - 1, denominator)
    ref = twice(Float64, widemul(len - nearest, first) + widemul(nearest - 1, last), d)
    return hp_range(T, ref, twice(Float64, widen(last) - widen(first), d), position_bits(T, len, nearest), len, nearest)
end
function spaced_floats(start::T, stop::T, len::Int64) where {T}
    isfinite(start) && isfinite(stop) || throw(ArgumentError(string("start and stop must be finite, got ", start, " and ", stop)))
    apart, factor = stop - start, 1
    isfinite(apart) || ((apart, factor) = (stop / len - start / len, len))
    nearest = round(Int64, -(start / apart) / factor * (len - 1) + 1)
    if 1 < nearest && nearest < len
        t = (nearest - 1) / (len - 1)
        ref = convert(T, (1 - t) * start + t * stop)
        step = nearest - 1 < len - nearest ? (ref - start) / (nearest - 1) : (stop - ref) / (len - nearest)
    else
        nearest = nearest <= 1 ? 1 : len
        ref = nearest == 1 ? start : stop
        step = apart / (len - 1) * factor
    end
    len == 2 && !isfinite(step) && return StepRangeLen(twice(start), TwicePrecision{T}(-start, stop), 2, 1)
    # What the rounded step misses at both ends is shared between the lesser parts of step and reference.
    limit, k = prevfloat(floatmax(T)), max(nearest - 1, len - nearest)
    step = clamp(step, max(-(limit + ref) / k, (-limit + ref) / k), min((limit - ref) / k, (limit + ref) / k))
    head = without_last_bits(step, position_bits(T, len, nearest))
    first_hi, first_lo = sum_of_two((1 - nearest) * head, ref)
    last_hi, last_lo = sum_of_two((len - nearest) * head, ref)
    a, b = (start - first_hi) - first_lo, (stop - last_hi) - last_lo
    step_lo = (b - a) / (len - 1)
    ref_lo = abs(b) < abs(a) ? b - (len - nearest) * step_lo : a - (1 - nearest) * step_lo
    return hp_range(T, twice_of(ref, ref_lo), twice_of(head, step_lo), 0, len, nearest)
end
twice_of(hi::T, lo) where {T} = TwicePrecision{Float64}(convert(Float64, hi), convert(Float64, lo))

# Elements.
at_position(r::StepRangeLen{T}, i) where {T} = convert(T, r.ref + (i - r.offset) * r.step)
function at_position(r::StepRangeLen{T,<:TwicePrecision,<:TwicePrecision}, i) where {T}
    u = i - r.offset
    hi, lo = sum_of_two(r.ref.hi, u * r.step.hi)
    return convert(T, hi + (lo + (u * r.step.lo + r.ref.lo)))
end
precise_position(r::StepRangeLen, i) = r.ref + (i - r.offset) * r.step
function precise_position(r::StepRangeLen{<:Any,TwicePrecision{R},TwicePrecision{R}}, i) where {R}
    u = i - r.offset
    hi, lo = sum_of_two(r.ref.hi, u * r.step.hi)
    return TwicePrecision{R}(sum_of_ordered(hi, lo + (u * r.step.lo + r.ref.lo))...)
end
first(r::StepRangeLen) = at_position(r, 1)
last(r::StepRangeLen) = at_position(r, r.len)
step(r::StepRangeLen) = r.step
step(r::StepRangeLen{T,<:Any,<:TwicePrecision}) where {T} = convert(T, float_of(r.step))
step(r::StepRangeLen{T,Float64,Float64}) where {T<:BitFloat} = convert(T, r.step)
issorted(r::StepRangeLen) = isempty(r) || step(r) >= 0

# Parts, and ranges moved, scaled and turned.
getindex(r::StepRangeLen, part::OrdinalRange) = part_of_steps(r, part)
# Said for these too, which every array has a method for.
getindex(r::StepRangeLen, part::AbstractUnitRange{<:Integer}) = part_of_steps(r, part)
function part_of_steps(r::StepRangeLen{T}, part) where {T}
    checkbounds(r, part)
    len = length(part)
    offset = clamp(round(Int64, (r.offset - first(part)) / step(part)) + 1, 1, len)
    away = first(part) + (offset - 1) * step(part) - r.offset
    by = step(part) == 1 || len < 2 ? r.step : shortened(T, r.step * step(part), len, offset)
    return like(r, away == 0 ? r.ref : r.ref + r.step * away, by, len, max(1, offset))
end
like(r::StepRangeLen{T,R,S,L}, ref, step, len, offset) where {T,R,S,L} = StepRangeLen{T,R,S,L}(convert(R, ref), convert(S, step), len, offset)
shortened(::Type{T}, step, len, offset) where {T} = step
shortened(::Type{T}, step::TwicePrecision, len, offset) where {T} = with_short_head(step, position_bits(T, len, offset))

-(r::StepRangeLen) = like(r, -r.ref, -r.step, r.len, r.offset)
reverse(r::StepRangeLen) = like(r, r.ref, -r.step, r.len, isempty(r) ? r.offset : r.len - r.offset + 1)
+(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = moved(r, convert(T, x))
*(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = like(r, r.ref * convert(T, x), shortened(T, r.step * convert(T, x), r.len, r.offset), r.len, r.offset)
/(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = like(r, r.ref / convert(T, x), shortened(T, r.step / convert(T, x), r.len, r.offset), r.len, r.offset)
-(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = moved(r, -convert(T, x))
# Element by element nothing is made shorter.
scaled(r::AbstractRange, x) = r * x
scaled(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = like(r, r.ref * x, r.step * x, r.len, r.offset)
divided(r::AbstractRange, x) = r / x
divided(r::StepRangeLen{T,TwicePrecision{T}}, x::Real) where {T} = like(r, r.ref / x, r.step / x, r.len, r.offset)
moved(r, x) = like(r, r.ref + x, r.step, r.len, r.offset)
+(r::StepRangeLen{T,Float64,Float64}, x::Real) where {T<:BitFloat} = moved(r, convert(Float64, x))
-(r::StepRangeLen{T,Float64,Float64}, x::Real) where {T<:BitFloat} = moved(r, -convert(Float64, x))
*(r::StepRangeLen{T,Float64,Float64}, x::Real) where {T<:BitFloat} = like(r, r.ref * x, r.step * x, r.len, r.offset)
/(r::StepRangeLen{T,Float64,Float64}, x::Real) where {T<:BitFloat} = like(r, r.ref / x, r.step / x, r.len, r.offset)
function +(a::StepRangeLen{T,R,R}, b::StepRangeLen{T,R,R}) where {T,R}
    same_lengths(a, b)
    middle = a.offset == b.offset ? a.offset : round(Int64, (a.offset + b.offset) / 2)
    ref = precise_position(a, middle) + precise_position(b, middle)
    return like(a, ref, shortened(T, a.step + b.step, a.len, middle), a.len, middle)
end
-(a::StepRangeLen{T,R,R}, b::StepRangeLen{T,R,R}) where {T,R} = a + -b
same_lengths(a, b) = length(a) == length(b) ||
    throw(DimensionMismatch(string("argument dimensions must match: length of r1 is ", length(a), ", length of r2 is ", length(b))))
# Other ranges beside a range of floats.
+(a::AbstractRange, b::AbstractRange) = (same_lengths(a, b); steps_like(first(a) + first(b), step(a) + step(b), length(a)))
-(a::AbstractRange, b::AbstractRange) = (same_lengths(a, b); steps_like(first(a) - first(b), step(a) - step(b), length(a)))
steps_like(start, step, len) = steps_of_both(promote(start, step), len)
steps_of_both((start, step)::Tuple{T,T}, len) where {T<:BitFloat} = steps_from(start, step, len)
steps_of_both((start, step), len) = StepRangeLen(start, step, len)

# The sum: that of the positions, which are integers, times the step.
function sum(r::StepRangeLen{T,<:TwicePrecision,<:TwicePrecision}) where {T}
    after, before = halves_of_sum(r.len - r.offset), halves_of_sum(r.offset - 1)
    up, down = r.step * after[1] * after[2], r.step * before[1] * before[2]
    hi, lo = sum_of_two(up.hi, -down.hi)
    ref = r.ref * r.len
    all, rest = sum_of_two(hi, ref.hi)
    return convert(T, sum_of_two(all, rest + (lo + (up.lo - down.lo)) + ref.lo)[1])
end
# Two factors whose product is `1 + 2 + ... + n`.
halves_of_sum(n) = iseven(n) ? (n + 1, n >> 1) : (n, (n + 1) >> 1)

# `LinRange`: elements interpolated between two.
struct LinRange{T,L<:Integer} <: AbstractRange{T}
    start::T
    stop::T
    len::L
    lendiv::L
    function LinRange{T,L}(start, stop, len) where {T,L}
        len >= 0 || throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): negative length")))
        len == 1 && start != stop && throw(ArgumentError(string("range(", start, ", stop=", stop, ", length=", len, "): endpoints differ")))
        return new(start, stop, len, max(len - 1, 1))
    end
end
LinRange{T}(start, stop, len::Integer) where {T} = LinRange{T,typeof(len)}(start, stop, len)
LinRange(start, stop, len::Integer) = LinRange{typeof((stop - start) / max(len - 1, 1)),typeof(len)}(start, stop, len)
LinRange(r::AbstractRange) = LinRange(first(r), last(r), length(r))
function at_position(r::LinRange{T}, i) where {T}
    t = (i - 1) / r.lendiv
    return convert(T, (1 - t) * r.start + t * r.stop)
end
getindex(r::LinRange, part::OrdinalRange) = part_of_line(r, part)
getindex(r::LinRange, part::AbstractUnitRange{<:Integer}) = part_of_line(r, part)
function part_of_line(r, part)
    checkbounds(r, part)
    n = length(part)
    n == 0 && return LinRange(first(r), first(r), 0)
    return LinRange(at_position(r, first(part)), at_position(r, last(part)), n)
end
first(r::LinRange) = r.start
last(r::LinRange) = r.stop
step(r::LinRange) = (r.stop - r.start) / r.lendiv
-(r::LinRange) = LinRange(-r.start, -r.stop, r.len)
reverse(r::LinRange) = LinRange(r.stop, r.start, r.len)
+(r::LinRange, x::Real) = LinRange(r.start + x, r.stop + x, r.len)
-(r::LinRange, x::Real) = LinRange(r.start - x, r.stop - x, r.len)
*(r::LinRange, x::Real) = LinRange(r.start * x, r.stop * x, r.len)
/(r::LinRange, x::Real) = LinRange(r.start / x, r.stop / x, r.len)

# What holds for both: they know their lengths, and compute an element from its position.
const CountedRange{T} = Union{StepRangeLen{T},LinRange{T}}
function getindex(r::CountedRange, i::Int64)
    (i < 1) | (i > r.len) && throw(BoundsError(r, i))
    return at_position(r, i)
end
iterate(r::CountedRange) = iterate(r, 1)
iterate(r::CountedRange, i::Int64) = i > r.len ? nothing : (at_position(r, i), i + 1)
length(r::CountedRange) = convert(Int64, r.len)
isempty(r::CountedRange) = r.len == 0
eltype(::Type{<:CountedRange{T}}) where {T} = T
minimum(r::CountedRange) = min(first(r), last(r))
maximum(r::CountedRange) = max(first(r), last(r))

promote_rule(::Type{StepRangeLen{A,R,S,L}}, ::Type{StepRangeLen{B,P,Q,M}}) where {A,R,S,L,B,P,Q,M} =
    StepRangeLen{promote_type(A, B),promote_type(R, P),promote_type(S, Q),promote_type(L, M)}
promote_rule(::Type{StepRangeLen{A,R,S,L}}, ::Type{O}) where {A,R,S,L,O<:OrdinalRange} = StepRangeLen{promote_type(A, eltype(O)),R,S,L}
convert(::Type{StepRangeLen{T,R,S,L}}, r::StepRangeLen{T,R,S,L}) where {T,R,S,L} = r
convert(::Type{StepRangeLen{T,R,S,L}}, r::StepRangeLen) where {T,R,S,L} = StepRangeLen{T,R,S,L}(convert(R, r.ref), convert(S, r.step), r.len, r.offset)
convert(::Type{StepRangeLen{T,R,S,L}}, r::AbstractRange) where {T,R,S,L} =
    convert(StepRangeLen{T,R,S,L}, steps_like(convert(T, first(r)), convert(T, step(r)), length(r)))
