# `Set`: the keys of a dictionary; and the set operations, which take any collections.


struct Set{T} <: AbstractSet{T}
    dict::Dict{T,Nothing}
    Set{T}() where {T} = new(Dict{T,Nothing}())
end
Set{T}(items) where {T} = union!(Set{T}(), items)
Set() = Set{Any}()
function Set(items)
    T = eltype(items)
    T === Any || return union!(Core.apply_type(Set, T)(), items)
    all = collect(items)
    return union!(Core.apply_type(Set, eltype(all))(), all)
end

eltype(::Type{<:AbstractSet{T}}) where {T} = T
length(s::Set) = length(s.dict)
isempty(s::Set) = isempty(s.dict)
in(x, s::Set) = haskey(s.dict, x)
push!(s::Set, x) = (s.dict[x] = nothing; s)
push!(s::Set, x, y, rest...) = push!(push!(s, x), y, rest...)
delete!(s::Set, x) = (delete!(s.dict, x); s)
pop!(s::Set, x) = (pop!(s.dict, x); x)
pop!(s::Set) = isempty(s) ? throw(ArgumentError("set must be non-empty")) : pop!(s.dict).first
empty!(s::Set) = (empty!(s.dict); s)
copy(s::Set{T}) where {T} = union!(Set{T}(), s)
iterate(s::Set) = key_step(iterate(s.dict))
iterate(s::Set, state) = key_step(iterate(s.dict, state))
function filter(f, s::Set{T}) where {T}
    result = Set{T}()
    for x in s
        f(x) && push!(result, x)
    end
    return result
end

function ==(a::AbstractSet, b::AbstractSet)
    return length(a) == length(b) && issubset(a, b)
end
function hash(s::AbstractSet, h::UInt64)
    total = 0x852ada37cfe8e0ce
    for x in s
        total = xor(total, hash(x))
    end
    return hash(total, h)
end

function union!(s::Set, collections...)
    for items in collections, x in items
        push!(s, x)
    end
    return s
end
function union(s::Set{T}, collections...) where {T}
    S = T
    for items in collections
        S = promote_type(S, eltype(items))
    end
    return union!(union!(Core.apply_type(Set, S)(), s), collections...)
end
function intersect(s::Set{T}, items) where {T}
    result = Set{T}()
    for x in items
        x in s && push!(result, x)
    end
    return result
end
function setdiff(s::Set, collections...)
    return setdiff!(copy(s), collections...)
end
function setdiff!(s::Set, collections...)
    for items in collections, x in items
        delete!(s, x)
    end
    return s
end
symdiff(a::Set, b) = union(setdiff(a, b), setdiff(Set(b), a))

# The same on other collections keeps the order in which elements first occur.
union(a, collections...) = unique(vcat(collect(a), map(collect, collections)...))
function intersect(a, b)
    others = Set(b)
    return filter(x -> x in others, unique(a))
end
function setdiff(a, b)
    others = Set(b)
    return filter(x -> !(x in others), unique(a))
end
symdiff(a, b) = vcat(setdiff(a, b), setdiff(b, a))

function issubset(a, b)
    others = searchable(b)
    for x in a
        x in others || return false
    end
    return true
end
searchable(b::Union{AbstractSet,AbstractRange,Tuple}) = b
searchable(b) = Set(b)
const ⊆ = issubset
⊇(a, b) = b ⊆ a
⊊(a, b) = a ⊆ b && length(Set(a)) < length(Set(b))
const ∪ = union
const ∩ = intersect
isdisjoint(a, b) = isempty(intersect(Set(a), b))
issetequal(a, b) = Set(a) == Set(b)

# The elements of a collection without repetitions, by first occurrence.
function unique(items)
    result = empty_result(items)
    seen = Set{eltype(result)}()
    for x in items
        if !(x in seen)
            push!(seen, x)
            push!(result, x)
        end
    end
    return result
end
function unique(f, items)
    result = empty_result(items)
    seen = Set{Any}()
    for x in items
        key = f(x)
        if !(key in seen)
            push!(seen, key)
            push!(result, x)
        end
    end
    return result
end
empty_result(items) = Core._new_array(Core.apply_type(Array, eltype(items), 1), 0)
function unique!(a::Array)
    kept = unique(a)
    resize!(a, length(kept))
    return copyto!(a, kept)
end
allunique(items) = length(Set(items)) == length(collect(items))
function allequal(items)
    next = iterate(items)
    next === nothing && return true
    first_item = next[1]
    return all(x -> isequal(x, first_item), items)
end
intersect!(s::Set, collections...) = replace_items!(s, intersect(s, collections...))
symdiff!(s::Set, items) = replace_items!(s, symdiff(s, items))
replace_items!(s, items) = (kept = collect(items); union!(empty!(s), kept))
function filter!(f, s::Set)
    for x in collect(s)
        f(x) || delete!(s, x)
    end
    return s
end
intersect(s::Set, items, rest...) = intersect(intersect(s, items), rest...)
intersect(a, b, rest...) = intersect(intersect(a, b), rest...)
setdiff(a, b, rest...) = setdiff(setdiff(a, b), rest...)
symdiff(a, b, rest...) = symdiff(symdiff(a, b), rest...)
union(a) = unique(a)
union() = Any[]
issetequal(a) = b -> issetequal(b, a)
issubset(a) = b -> issubset(b, a)
in!(x, s::Set) = x in s || (push!(s, x); false)
intersect(a::AbstractUnitRange{<:Integer}, b::AbstractUnitRange{<:Integer}) = max(first(a), first(b)):min(last(a), last(b))
empty(s::Set{T}) where {T} = Set{T}()
empty(s::Set, ::Type{T}) where {T} = Set{T}()
sizehint!(s::Set, n) = s
convert(::Type{T}, s::AbstractSet) where {T<:AbstractSet} = s isa T ? s : T(s)
union!(a::Array{T,1}, collections...) where {T} = copy!(a, union(a, collections...))
intersect!(a::Array{T,1}, collections...) where {T} = copy!(a, intersect(a, collections...))
setdiff!(a::Array{T,1}, collections...) where {T} = copy!(a, setdiff(a, collections...))
function unique!(f, a::Array{T,1}) where {T}
    kept = unique(f, a)
    resize!(a, length(kept))
    return copyto!(a, kept)
end
