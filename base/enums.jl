# Types of named values: `@enum Fruit apple banana=5`, `@enum Fruit::UInt8 begin ... end`.

export Enum, @enum, instances

abstract type Enum{T<:Integer} end

macro enum(T, names...)
    type_name, base = Meta.isexpr(T, :(::)) ? (T.args[1], Core.eval(__module__, T.args[2])) : (T, Int32)
    if length(names) == 1 && Meta.isexpr(names[1], :block)
        names = filter(name -> !(name isa LineNumberNode), names[1].args)
    end
    isempty(names) && throw(ArgumentError(string("no arguments given for Enum ", type_name)))
    members = Symbol[]
    values = Any[]
    next = zero(base)
    for item in names
        if Meta.isexpr(item, :(=))
            push!(members, item.args[1])
            next = convert(base, Core.eval(__module__, item.args[2]))
        else
            push!(members, item)
        end
        next in values && throw(ArgumentError(string("both ", members[length(members)], " and ", members[findfirst(isequal(next), values)], " have value ", next, " in Enum ", type_name, "; values must be unique")))
        push!(values, next)
        next += one(base)
    end
    constants = map(i -> :(const $(esc(members[i])) = Core.Intrinsics.bitcast($(esc(type_name)), $(values[i]))), 1:length(members))
    return quote
        primitive type $(esc(type_name)) <: Enum{$base} $(8 * Core.sizeof(base)) end
        function $(esc(type_name))(value::Integer)
            value in $(Tuple(values)) || throw(ArgumentError(string("invalid value for Enum ", $(String(type_name)), ": ", value)))
            return Core.Intrinsics.bitcast($(esc(type_name)), convert($base, value))
        end
        Base.enum_names(::Type{$(esc(type_name))}) = $(Tuple(members))
        Base.enum_values(::Type{$(esc(type_name))}) = $(Tuple(values))
        $(constants...)
        nothing
    end
end
# Filled in by `@enum`.
function enum_names end
function enum_values end
instances(::Type{T}) where {T<:Enum} = map(T, enum_values(T))
enum_value(x::Enum{T}) where {T} = Core.Intrinsics.bitcast(T, x)
(::Type{I})(x::Enum) where {I<:Integer} = convert(I, enum_value(x))
convert(::Type{I}, x::Enum) where {I<:Integer} = convert(I, enum_value(x))
Symbol(x::Enum) = enum_names(typeof(x))[findfirst(isequal(enum_value(x)), enum_values(typeof(x)))]
isless(x::T, y::T) where {T<:Enum} = isless(enum_value(x), enum_value(y))
typemin(::Type{T}) where {T<:Enum} = T(minimum(enum_values(T)))
typemax(::Type{T}) where {T<:Enum} = T(maximum(enum_values(T)))
print(io::IO, x::Enum) = print(io, Symbol(x))
show(io::IO, x::Enum) = print(io, Symbol(x))
