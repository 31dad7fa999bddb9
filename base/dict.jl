# `Dict`: open addressing with linear probing. The table's length is a power of two; iteration goes by slot, so its
# order depends on the keys' hashes and on nothing else.


const SLOT_EMPTY = 0x00
const SLOT_FILLED = 0x01
const SLOT_DELETED = 0x02

mutable struct Dict{K,V} <: AbstractDict{K,V}
    slots::Array{UInt8,1}
    keys::Array{K,1}
    values::Array{V,1}
    # How many slots are filled, and how many were given up but still lengthen probes.
    count::Int64
    deleted::Int64
    function Dict{K,V}() where {K,V}
        return new(fill!(Array{UInt8,1}(undef, 16), SLOT_EMPTY), Array{K,1}(undef, 16), Array{V,1}(undef, 16), 0, 0)
    end
end
Dict{K,V}(pairs::Pair...) where {K,V} = fill_dict!(Dict{K,V}(), pairs)
Dict{K,V}(items) where {K,V} = fill_dict!(Dict{K,V}(), items)
Dict() = Dict{Any,Any}()
Dict(pairs::Pair{K,V}...) where {K,V} = fill_dict!(Dict{K,V}(), pairs)
function Dict(pairs::Pair...)
    K = common_of(p -> typeof(p.first), pairs)
    V = common_of(p -> typeof(p.second), pairs)
    return fill_dict!(Core.apply_type(Dict, K, V)(), pairs)
end
common_of(f, items) = foldl(promote_typejoin, map(f, items))
Dict(d::Dict{K,V}) where {K,V} = fill_dict!(Dict{K,V}(), d)
# Items may be pairs or tuples of two; the types are those of what comes, widened where a later item needs it.
function Dict(items)
    try
        return dict_of(items)
    catch
        applicable(iterate, items) && all(x -> x isa Union{Tuple,Pair}, items) && rethrow()
        throw(ArgumentError("Dict(kv): kv needs to be an iterator of tuples or pairs"))
    end
end
dict_of(items) = IteratorEltype(items) isa HasEltype ? dict_by(eltype(items), items) : grow_dict(items)
dict_by(::Type{Pair{K,V}}, items) where {K,V} = fill_dict!(Dict{K,V}(), items)
dict_by(::Type{Tuple{K,V}}, items) where {K,V} = fill_dict!(Dict{K,V}(), items)
dict_by(::Type, items) = grow_dict(items)
function grow_dict(items)
    next = iterate(items)
    next === nothing && return empty_dict(empty_eltype(items))
    key, value = next[1]
    d = Core.apply_type(Dict, typeof(key), typeof(value))()
    d[key] = value
    return collect_pairs(d, items, next[2])
end
empty_dict(::Type{Pair{K,V}}) where {K,V} = Dict{K,V}()
empty_dict(::Type{Tuple{K,V}}) where {K,V} = Dict{K,V}()
empty_dict(::Type) = Dict{Any,Any}()
function collect_pairs(d::Dict{K,V}, items, state) where {K,V}
    next = iterate(items, state)
    while next !== nothing
        key, value = next[1]
        if key isa K && value isa V
            d[key] = value
        else
            wider = Core.apply_type(Dict, promote_typejoin(K, typeof(key)), promote_typejoin(V, typeof(value)))()
            fill_dict!(wider, d)
            wider[key] = value
            return collect_pairs(wider, items, next[2])
        end
        next = iterate(items, next[2])
    end
    return d
end
function fill_dict!(d, items)
    for (key, value) in items
        d[key] = value
    end
    return d
end

key_hash_slot(key, n::Int64) = bitcast(Int64, hash(key) & bitcast(UInt64, n - 1)) + 1

# The slot of a key, or 0.
function key_slot(d::Dict{K,V}, key) where {K,V}
    n = length(d.slots)
    i = key_hash_slot(key, n)
    probes = 0
    while probes < n
        state = d.slots[i]
        state == SLOT_EMPTY && return 0
        state == SLOT_FILLED && isequal(d.keys[i], key) && return i
        i = (i & (n - 1)) + 1
        probes += 1
    end
    return 0
end

# The first slot on the key's way that is free; the key must not be there.
function free_slot(d::Dict, key)
    n = length(d.slots)
    i = key_hash_slot(key, n)
    while d.slots[i] == SLOT_FILLED
        i = (i & (n - 1)) + 1
    end
    return i
end

# A third of the table stays empty, so that probes end soon.
function make_room!(d::Dict)
    n = length(d.slots)
    (d.count + d.deleted + 1) * 3 > n * 2 || return d
    return rehash!(d, d.count * 3 > n ? (d.count > 64000 ? n * 2 : n * 4) : n)
end
function rehash!(d::Dict{K,V}, n::Int64) where {K,V}
    slots = d.slots
    keys = d.keys
    values = d.values
    d.slots = fill!(Array{UInt8,1}(undef, n), SLOT_EMPTY)
    d.keys = Array{K,1}(undef, n)
    d.values = Array{V,1}(undef, n)
    d.deleted = 0
    for i in 1:length(slots)
        if slots[i] == SLOT_FILLED
            at = free_slot(d, keys[i])
            d.slots[at] = SLOT_FILLED
            d.keys[at] = keys[i]
            d.values[at] = values[i]
        end
    end
    return d
end

length(d::Dict) = d.count
isempty(d::Dict) = d.count == 0
haskey(d::Dict, key) = key_slot(d, key) > 0
function getindex(d::Dict{K,V}, key) where {K,V}
    i = key_slot(d, key)
    i > 0 || throw(KeyError(key))
    return d.values[i]
end
getkey(d::Dict, key, default) = (i = key_slot(d, key); i > 0 ? d.keys[i] : default)
function get(d::Dict{K,V}, key, default) where {K,V}
    i = key_slot(d, key)
    return i > 0 ? d.values[i] : default
end
function get(f::Callable, d::Dict{K,V}, key) where {K,V}
    i = key_slot(d, key)
    return i > 0 ? d.values[i] : f()
end
function setindex!(d::Dict{K,V}, value, key) where {K,V}
    k = convert(K, key)::K
    v = convert(V, value)::V
    isequal(k, key) || throw(ArgumentError(string(repr(key), " is not a valid key for type ", K)))
    i = key_slot(d, k)
    if i > 0
        d.values[i] = v
        return d
    end
    make_room!(d)
    i = free_slot(d, k)
    d.slots[i] == SLOT_DELETED && (d.deleted -= 1)
    d.slots[i] = SLOT_FILLED
    d.keys[i] = k
    d.values[i] = v
    d.count += 1
    return d
end
function get!(d::Dict{K,V}, key, default) where {K,V}
    i = key_slot(d, key)
    i > 0 && return d.values[i]
    value = convert(V, default)::V
    d[key] = value
    return value
end
function get!(f::Callable, d::Dict{K,V}, key) where {K,V}
    i = key_slot(d, key)
    i > 0 && return d.values[i]
    value = convert(V, f())::V
    d[key] = value
    return value
end
function remove_slot!(d::Dict, i::Int64)
    d.slots[i] = SLOT_DELETED
    d.count -= 1
    d.deleted += 1
    return d
end
function delete!(d::Dict, key)
    i = key_slot(d, key)
    i > 0 && remove_slot!(d, i)
    return d
end
function pop!(d::Dict, key)
    i = key_slot(d, key)
    i > 0 || throw(KeyError(key))
    value = d.values[i]
    remove_slot!(d, i)
    return value
end
function pop!(d::Dict, key, default)
    i = key_slot(d, key)
    i > 0 || return default
    value = d.values[i]
    remove_slot!(d, i)
    return value
end
function pop!(d::Dict)
    isempty(d) && throw(ArgumentError("dict must be non-empty"))
    i = next_filled(d, 1)
    pair = slot_pair(d, i)
    remove_slot!(d, i)
    return pair
end
function empty!(d::Dict{K,V}) where {K,V}
    d.count = 0
    rehash_empty!(d)
    return d
end
function rehash_empty!(d::Dict{K,V}) where {K,V}
    d.slots = fill!(Array{UInt8,1}(undef, 16), SLOT_EMPTY)
    d.keys = Array{K,1}(undef, 16)
    d.values = Array{V,1}(undef, 16)
    d.deleted = 0
end
function copy(d::Dict{K,V}) where {K,V}
    return fill_dict!(Dict{K,V}(), d)
end
empty(d::Dict{K,V}) where {K,V} = Dict{K,V}()

# The first filled slot from `i` on, or 0.
function next_filled(d::Dict, i::Int64)
    while i <= length(d.slots)
        d.slots[i] == SLOT_FILLED && return i
        i += 1
    end
    return 0
end
slot_pair(d::Dict{K,V}, i::Int64) where {K,V} = Pair{K,V}(d.keys[i], d.values[i])
iterate(d::Dict) = iterate(d, 1)
function iterate(d::Dict, from::Int64)
    i = next_filled(d, from)
    return i == 0 ? nothing : (slot_pair(d, i), i + 1)
end

convert(::Type{T}, d::AbstractDict) where {T<:AbstractDict} = d isa T ? d : T(d)
eltype(::Type{<:AbstractDict{K,V}}) where {K,V} = Pair{K,V}
keytype(::Type{<:AbstractDict{K,V}}) where {K,V} = K
valtype(::Type{<:AbstractDict{K,V}}) where {K,V} = V
keytype(d::AbstractDict) = keytype(typeof(d))
valtype(d::AbstractDict) = valtype(typeof(d))

# What `keys(d)` and `values(d)` are: views that follow the dictionary.
struct KeySet{K,D<:AbstractDict{K}} <: AbstractSet{K}
    dict::D
end
struct ValueIterator{D}
    dict::D
end
KeySet(d::AbstractDict{K}) where {K} = KeySet{K,typeof(d)}(d)
keys(d::AbstractDict) = KeySet(d)
values(d::AbstractDict) = ValueIterator(d)
pairs(d::AbstractDict) = d
length(v::Union{KeySet,ValueIterator}) = length(v.dict)
isempty(v::Union{KeySet,ValueIterator}) = isempty(v.dict)
eltype(::Type{ValueIterator{D}}) where {D} = valtype(D)
iterate(v::KeySet) = key_step(iterate(v.dict))
iterate(v::KeySet, state) = key_step(iterate(v.dict, state))
iterate(v::ValueIterator) = value_step(iterate(v.dict))
iterate(v::ValueIterator, state) = value_step(iterate(v.dict, state))
key_step(::Nothing) = nothing
key_step(next) = (next[1].first, next[2])
value_step(::Nothing) = nothing
value_step(next) = (next[1].second, next[2])
in(key, v::KeySet) = haskey(v.dict, key)
function in(x, d::AbstractDict)
    error("AbstractDict collections only contain Pairs;\nEither look for e.g. A=>B instead, or use the `keys` or `values`\n",
          "function if you are looking for a key or value respectively.")
end
function in(p::Pair, d::AbstractDict)
    haskey(d, p.first) || return false
    return d[p.first] == p.second
end

function ==(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    for p in a
        p in b || return false
    end
    return true
end
function hash(d::AbstractDict, h::UInt64)
    total = 0x6d35bb51952d5539
    for p in d
        total = xor(total, hash(p))
    end
    return hash(total, h)
end

function merge!(d::AbstractDict, others::AbstractDict...)
    for other in others
        fill_dict!(d, other)
    end
    return d
end
merge(d::AbstractDict, others::AbstractDict...) = merge!(merge_types(d, others), others...)
mergewith(combine, d::AbstractDict, others::AbstractDict...) = mergewith!(combine, merge_types(d, others), others...)
mergewith(combine) = (ds...) -> mergewith(combine, ds...)
function mergewith!(combine, d::AbstractDict, others::AbstractDict...)
    for other in others, p in other
        d[p.first] = haskey(d, p.first) ? combine(d[p.first], p.second) : p.second
    end
    return d
end
# A copy of `d` with room for the keys and values of the others.
merge_types(d, others) = fill_dict!(Core.apply_type(Dict, joint_type_of(keytype, d, others), joint_type_of(valtype, d, others))(), d)
joint_type_of(f, d, others) = foldl((T, other) -> promote_type(T, f(other)), others, init = f(d))
function filter(f, d::Dict{K,V}) where {K,V}
    result = Dict{K,V}()
    for p in d
        f(p) && (result[p.first] = p.second)
    end
    return result
end
function filter!(f, d::Dict)
    for i in 1:length(d.slots)
        d.slots[i] == SLOT_FILLED && !f(slot_pair(d, i)) && remove_slot!(d, i)
    end
    return d
end
filter(f, d::AbstractDict) = filter_into(f, empty(d), d)
function filter_into(f, result, d)
    for p in d
        f(p) && (result[p.first] = p.second)
    end
    return result
end
sizehint!(d::Dict, n) = d
empty(d::AbstractDict) = empty(d, keytype(d), valtype(d))
empty(d::AbstractDict, ::Type{K}, ::Type{V}) where {K,V} = Dict{K,V}()
# What any dictionary has that has `iterate`, `length` and `getindex`.
haskey(d::AbstractDict, key) = any(p -> isequal(p.first, key), d)
isempty(d::AbstractDict) = length(d) == 0
get(d::AbstractDict, key, default) = haskey(d, key) ? d[key] : default
get(f::Callable, d::AbstractDict, key) = haskey(d, key) ? d[key] : f()
get!(d::AbstractDict, key, default) = haskey(d, key) ? d[key] : (d[key] = default)
get!(f::Callable, d::AbstractDict, key) = haskey(d, key) ? d[key] : (d[key] = f())
getindex(d::AbstractDict, key, more, rest...) = d[(key, more, rest...)]
setindex!(d::AbstractDict, value, key, more, rest...) = setindex!(d, value, (key, more, rest...))
push!(d::AbstractDict, p::Pair) = (d[p.first] = p.second; d)
push!(d::AbstractDict, p::Pair, q::Pair, rest::Pair...) = push!(push!(d, p), q, rest...)
function replace!(f::Function, d::AbstractDict)
    for p in collect(d)
        new = f(p)
        isequal(new.first, p.first) || delete!(d, p.first)
        d[new.first] = new.second
    end
    return d
end
# `map!` over the values of a dictionary.
function map!(f, v::ValueIterator{<:Dict})
    d = v.dict
    for i in 1:length(d.slots)
        d.slots[i] == SLOT_FILLED && (d.values[i] = f(d.values[i]))
    end
    return v
end
in(x, v::ValueIterator) = contains_item(x, v)
IteratorSize(::Type{<:KeySet}) = HasLength()
