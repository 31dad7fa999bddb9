# Questions about types and objects.

supertype(T::DataType) = getfield(T, :super)
supertype(T::UnionAll) = UnionAll(getfield(T, :var), supertype(getfield(T, :body)))
isconcretetype(T) = Core._is_concrete(T)
# A declared abstract type is the only one that can never have field types.
isabstracttype(T::DataType) = !isconcretetype(T) && !isdefined(T, :types)
isabstracttype(T::UnionAll) = isabstracttype(unwrap_unionall(T))
isabstracttype(T) = false
function unwrap_unionall(T)
    while T isa UnionAll
        T = getfield(T, :body)
    end
    return T
end

fieldcount(T::Type) = Core._fieldcount(T)
fieldname(T::Type, i::Int64) = Core._fieldname(T, i)
fieldnames(T::Type) = ntuple(i -> Core._fieldname(T, i), Core._fieldcount(T))
fieldtypes(T::Type) = ntuple(i -> fieldtype(T, i), Core._fieldcount(T))
hasfield(T::Type, name::Symbol) = name in fieldnames(T)
propertynames(x) = fieldnames(typeof(x))
hasproperty(x, name::Symbol) = name in propertynames(x)

