# Named tuples, and what keyword arguments need of them.

getindex(t::NamedTuple, i::Int64) = getfield(t, i)
getindex(t::NamedTuple, name::Symbol) = getfield(t, name)
length(t::NamedTuple) = nfields(t)
firstindex(t::NamedTuple) = 1
lastindex(t::NamedTuple) = nfields(t)
isempty(t::NamedTuple) = nfields(t) == 0
eltype(::Type{NamedTuple{names,T}}) where {names,T} = eltype(T)
tail(t::NamedTuple) = named(tail(keys(t)), tail(values(t)))
get(f::Function, t::NamedTuple, name::Symbol) = haskey(t, name) ? getfield(t, name) : f()
map(f, t::NamedTuple{names}) where {names} = named(names, map(f, values(t)))
isless(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = isless(values(a), values(b))
isequal(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = isequal(values(a), values(b))
getindex(t::NamedTuple, names::Tuple{Vararg{Symbol}}) = named(names, map(name -> getfield(t, name), names))
getindex(t::NamedTuple, ::Colon) = t
reverse(t::NamedTuple) = named(reverse(keys(t)), reverse(values(t)))
first(t::NamedTuple) = getfield(t, 1)
last(t::NamedTuple) = getfield(t, nfields(t))
keys(t::NamedTuple{names}) where {names} = names
values(t::NamedTuple) = ntuple(i -> getfield(t, i), nfields(t))
eachindex(t::NamedTuple) = 1:nfields(t)
haskey(t::NamedTuple{names}, name::Symbol) where {names} = has_name(names, name)
haskey(t::NamedTuple, i::Int64) = 1 <= i && i <= nfields(t)
get(t::NamedTuple, name::Symbol, default) = haskey(t, name) ? getfield(t, name) : default
iterate(t::NamedTuple) = iterate(t, 1)
iterate(t::NamedTuple, i::Int64) = i <= nfields(t) ? (getfield(t, i), i + 1) : nothing
indexed_iterate(t::NamedTuple, i::Int64) = (getfield(t, i), i + 1)
indexed_iterate(t::NamedTuple, i::Int64, state) = (getfield(t, i), i + 1)
==(a::NamedTuple{n}, b::NamedTuple{n}) where {n} = values(a) == values(b)
==(a::NamedTuple, b::NamedTuple) = false
(::Type{NamedTuple{names}})(items::Tuple) where {names} = Core._new(Core.apply_type(NamedTuple, names, typeof(items)), items...)
(::Type{NamedTuple{names,T}})(items::Tuple) where {names,T} = Core._new(NamedTuple{names,T}, convert(T, items)...)
NamedTuple() = Core._new(NamedTuple{(),Tuple{}})

has_name(names, name) = has_name_from(names, name, 1)
has_name_from(names, name, i) = i <= nfields(names) && (getfield(names, i) === name || has_name_from(names, name, i + 1))

# A named tuple of these names with these values.
named(names, items) = Core._new(Core.apply_type(NamedTuple, names, typeof(items)), items...)

# The right one's values win; names keep the order in which they first occur.
merge(a::NamedTuple{()}, b::NamedTuple) = b
merge(a::NamedTuple, b::NamedTuple{()}) = a
merge(a::NamedTuple{()}, b::NamedTuple{()}) = a
function merge(a::NamedTuple{an}, b::NamedTuple{bn}) where {an,bn}
    names = (an..., diff_names(bn, an)...)
    items = ntuple(length(names)) do i
        name = names[i]
        has_name(bn, name) ? getfield(b, name) : getfield(a, name)
    end
    return named(names, items)
end
merge(a::NamedTuple, b::NamedTuple, rest::NamedTuple...) = merge(merge(a, b), rest...)
merge(a::NamedTuple) = a
# `f(; dict...)` and `f(; pairs...)`.
function merge(a::NamedTuple, items)
    result = a
    for (name, value) in items
        result = merge(result, named((name,), (value,)))
    end
    return result
end

# The names of `a` that `b` does not have.
diff_names(a::Tuple, b::Tuple) = diff_names_from(a, b, 1)
function diff_names_from(a, b, i)
    i > nfields(a) && return ()
    rest = diff_names_from(a, b, i + 1)
    return has_name(b, getfield(a, i)) ? rest : (getfield(a, i), rest...)
end

# What of `a` has a name that `b`, a named tuple or a tuple of names, does not have.
structdiff(a::NamedTuple, b::NamedTuple{bn}) where {bn} = without_names(a, bn)
structdiff(a::NamedTuple, ::Type{<:NamedTuple{bn}}) where {bn} = without_names(a, bn)
structdiff(a::NamedTuple, names::Tuple) = without_names(a, names)
function without_names(a::NamedTuple{an}, names) where {an}
    left = diff_names(an, names)
    return named(left, ntuple(i -> getfield(a, left[i]), length(left)))
end

kwerr(keywords, f, args...) = throw(MethodError(Core.kwcall, (keywords, f, args...)))

# Keys and values together, as `pairs` gives them: a dictionary that looks into `data` for each key that `itr` gives.
struct Pairs{K,V,I,A} <: AbstractDict{K,V}
    data::A
    itr::I
end
Pairs{K,V}(data::A, itr::I) where {K,V,I,A} = Pairs{K,V,I,A}(data, itr)
Pairs{K}(data::A, itr::I) where {K,I,A} = Pairs{K,eltype(A),I,A}(data, itr)
Pairs(data::A, itr::I) where {I,A} = Pairs{eltype(I),eltype(A),I,A}(data, itr)
pairs(t::NamedTuple) = Pairs{Symbol}(t, keys(t))
pairs(t::Tuple) = Pairs{Int64}(t, keys(t))
pairs(p::Pairs) = p
# Of anything else with keys.
pairs(items) = Generator(t -> Pair(t[1], t[2]), zip(keys(items), values(items)))
values(items) = items
pairs(a::AbstractArray) = Pairs(a, keys(a))
pairs(::IndexLinear, a::AbstractArray) = Pairs{Int64}(a, eachindex(a))
pairs(::IndexCartesian, a::AbstractArray) = Pairs(a, CartesianIndices(a))
size(p::Pairs) = size(p.itr)
IteratorSize(::Type{<:Pairs{<:Any,<:Any,I}}) where {I} = IteratorSize(I)
keys(p::Pairs) = p.itr
values(p::Pairs) = p.data
length(p::Pairs) = length(p.itr)
isempty(p::Pairs) = length(p.itr) == 0
getindex(p::Pairs, key) = p.data[key]
getindex(p::Pairs, key, more, rest...) = p.data[key, more, rest...]
setindex!(p::Pairs, value, key) = (p.data[key] = value; p)
haskey(p::Pairs, key) = key in p.itr
get(p::Pairs, key, default) = haskey(p, key) ? p.data[key] : default
iterate(p::Pairs) = pairs_step(p, iterate(p.itr))
iterate(p::Pairs, state) = pairs_step(p, iterate(p.itr, state))
pairs_step(p, ::Nothing) = nothing
pairs_step(p, next) = (Pair(next[1], p.data[next[1]]), next[2])
merge(a::NamedTuple, p::Pairs{Symbol,<:Any,<:Any,<:NamedTuple}) = merge(a, p.data)
NamedTuple(p::Pairs{Symbol,<:Any,<:Any,<:NamedTuple}) = p.data
