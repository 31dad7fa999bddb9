# `deepcopy`: a copy that shares no mutable object with the original. Objects that contain themselves are not copied
# yet: their copy ends in a StackOverflowError.

deepcopy(x::Union{Number,Char,AbstractString,Symbol,Nothing,Function,Type,Module}) = x
deepcopy(t::Tuple) = map(deepcopy, t)
function deepcopy(a::Array)
    result = similar(a)
    for i in 1:length(a)
        isassigned(a, i) && (result[i] = deepcopy(a[i]))
    end
    return result
end
deepcopy(d::Dict{K,V}) where {K,V} = fill_dict!(Dict{K,V}(), [Pair(deepcopy(p.first), deepcopy(p.second)) for p in d])
function deepcopy(x)
    n = nfields(x)
    # Fields from some place on may have no value yet; they have none in the copy.
    while n > 0 && !Core._field_is_defined(x, n)
        n -= 1
    end
    return Core._new(typeof(x), ntuple(i -> deepcopy(getfield(x, i)), n)...)
end
