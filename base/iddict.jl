# `IdDict`: a dictionary whose keys are the same only if they are identical, whatever `==` and `hash` say of them.

struct ById
    object::Any
end
isequal(a::ById, b::ById) = a.object === b.object
==(a::ById, b::ById) = a.object === b.object
hash(key::ById, h::UInt64) = hash(objectid(key.object), h)

struct IdDict{K,V} <: AbstractDict{K,V}
    entries::Dict{ById,V}
    IdDict{K,V}() where {K,V} = new(Dict{ById,V}())
end
IdDict() = IdDict{Any,Any}()
IdDict{K,V}(pairs::Pair...) where {K,V} = fill_dict!(IdDict{K,V}(), pairs)
IdDict{K,V}(items) where {K,V} = fill_dict!(IdDict{K,V}(), items)
IdDict(pairs::Pair{K,V}...) where {K,V} = fill_dict!(IdDict{K,V}(), pairs)
IdDict(pairs::Pair...) = IdDict{Any,Any}(pairs...)
function IdDict(items)
    d = Dict(items)
    return fill_dict!(IdDict{keytype(d),valtype(d)}(), items)
end

setindex!(d::IdDict{K,V}, value, key) where {K,V} = (d.entries[ById(convert(K, key))] = convert(V, value); d)
function getindex(d::IdDict, key)
    haskey(d, key) || throw(KeyError(key))
    return d.entries[ById(key)]
end
haskey(d::IdDict, key) = haskey(d.entries, ById(key))
get(d::IdDict, key, default) = get(d.entries, ById(key), default)
get(f::Callable, d::IdDict, key) = get(f, d.entries, ById(key))
get!(d::IdDict{K,V}, key, default) where {K,V} = haskey(d, key) ? d[key] : (d[key] = default; d[key])
get!(f::Callable, d::IdDict, key) = haskey(d, key) ? d[key] : (d[key] = f(); d[key])
delete!(d::IdDict, key) = (delete!(d.entries, ById(key)); d)
pop!(d::IdDict, key) = haskey(d, key) ? pop!(d.entries, ById(key)) : throw(KeyError(key))
pop!(d::IdDict, key, default) = pop!(d.entries, ById(key), default)
empty!(d::IdDict) = (empty!(d.entries); d)
empty(::IdDict, ::Type{K}, ::Type{V}) where {K,V} = IdDict{K,V}()
copy(d::IdDict{K,V}) where {K,V} = fill_dict!(IdDict{K,V}(), d)
length(d::IdDict) = length(d.entries)
iterate(d::IdDict) = by_id_step(d, iterate(d.entries))
iterate(d::IdDict, state) = by_id_step(d, iterate(d.entries, state))
by_id_step(::IdDict, ::Nothing) = nothing
by_id_step(d::IdDict{K,V}, next) where {K,V} = (Pair{K,V}(next[1].first.object, next[1].second), next[2])
