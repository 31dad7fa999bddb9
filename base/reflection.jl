# Questions about types and objects.

supertype(T::DataType) = getfield(T, :super)
supertype(T::UnionAll) = UnionAll(getfield(T, :var), supertype(getfield(T, :body)))
isconcretetype(T) = Core._is_concrete(T)
isabstracttype(T) = T isa Type && Core._type_flags(T) & 1 != 0
function unwrap_unionall(T)
    while T isa UnionAll
        T = getfield(T, :body)
    end
    return T
end

fieldcount(T::Type) = Core._fieldcount(T)
function fieldname(T::Type, i::Int64)
    n = fieldcount(T)
    i < 1 && throw(ArgumentError("Field numbers must be positive integers. $i is invalid."))
    i > n && throw(ArgumentError("Cannot access field $i since type $(unwrap_unionall(T)) only has $n field$(n == 1 ? "" : "s")."))
    return Core._fieldname(T, i)
end
fieldnames(T::Type) = ntuple(i -> Core._fieldname(T, i), Core._fieldcount(T))
fieldtypes(T::Type) = ntuple(i -> fieldtype(T, i), Core._fieldcount(T))
hasfield(T::Type, name::Symbol) = name in fieldnames(T)
propertynames(x) = fieldnames(typeof(x))
hasproperty(x, name::Symbol) = name in propertynames(x)


# What `Core._type_flags` answers.
const FLAG_MUTABLE = 2
const FLAG_PRIMITIVE = 4
const FLAG_CONCRETE = 16
const FLAG_BITS = 32
is_flagged(T, flag) = Core._type_flags(T) & flag != 0

ismutabletype(T::Type) = is_flagged(T, FLAG_MUTABLE)
ismutabletype(T) = false
ismutable(x) = is_flagged(typeof(x), FLAG_MUTABLE)
isimmutable(x) = !ismutable(x)
isprimitivetype(T) = T isa Type && is_flagged(T, FLAG_PRIMITIVE)
isbitstype(T) = T isa Type && is_flagged(T, FLAG_BITS)
isbits(x) = isbitstype(typeof(x))
# Neither abstract nor primitive: made of fields.
function isstructtype(T)
    T isa Type && unwrap_unionall(T) isa DataType || return false
    return Core._type_flags(T) & 5 == 0
end

fieldoffset(T::DataType, i::Int64) = Core._fieldoffset(T, i)
isconst(m::Module, name::Symbol) = (info = Core._binding_info(m, name); info !== nothing && info[2] & 1 != 0)
isconst(T::Type, field) = Core._field_is_const(T, field)
isexported(m::Module, name::Symbol) = (info = Core._binding_info(m, name); info !== nothing && info[2] & 2 != 0)
binding_module(m::Module, name::Symbol) = which(m, name)
function names(m::Module; all::Bool=false, imported::Bool=false)
    found = Symbol[]
    for name in Core._names(m, all, imported)
        push!(found, name)
    end
    return found
end

nameof(T::DataType) = Core._typename_symbol(T)
nameof(T::UnionAll) = Core._typename_symbol(T)
nameof(f::Function) = Symbol(Core._function_name(f))
nameof(m::Module) = module_symbol(split(string(m), '.'))
module_symbol(parts) = Symbol(parts[end])
parentmodule(m::Module) = Core._parentmodule(m)
parentmodule(T::DataType) = or_core(Core._parentmodule(T))
parentmodule(T::UnionAll) = or_core(Core._parentmodule(T))
parentmodule(f::Function) = or_core(Core._parentmodule(typeof(f)))
parentmodule(m::Core.Method) = m.module
parentmodule(f, types) = parentmodule(which(f, types))
or_core(m) = m === nothing ? Core : m
fullname(m::Module) = m === parentmodule(m) ? (nameof(m),) : (fullname(parentmodule(m))..., nameof(m))
