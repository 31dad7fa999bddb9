# Methods as values: finding them, listing them, calling them in another way than dispatch would, and printing them.
# What a failed call prints is in methoderrors.jl.

import Core: Method, SimpleVector

# The run-time system's own lists: parameters of types, among others.
length(v::SimpleVector) = Core._svec_length(v)
getindex(v::SimpleVector, i::Int64) = Core._svec_ref(v, i)
firstindex(v::SimpleVector) = 1
lastindex(v::SimpleVector) = length(v)
eachindex(v::SimpleVector) = 1:length(v)
isempty(v::SimpleVector) = length(v) == 0
eltype(::Type{SimpleVector}) = Any
iterate(v::SimpleVector) = iterate(v, 1)
iterate(v::SimpleVector, i) = i <= length(v) ? (v[i], i + 1) : nothing
show(io::IO, v::SimpleVector) = (print(io, "svec("); show_elements(io, v, 1, ", "); print(io, ")"))

get_world_counter() = Core._world_counter()
tls_world_age() = Core._world_age()

# Argument types may be given as a tuple of types or as a tuple type.
to_tuple_type(T::Type{<:Tuple}) = T
to_tuple_type(T::Type) = throw(ArgumentError("argument types must be a tuple type, got $T"))
to_tuple_type(types) = Tuple{types...}

rewrap_unionall(T, U) = U isa UnionAll ? Core._unionall(getfield(U, :var), rewrap_unionall(T, getfield(U, :body))) : T

# The types of a call, the function's first.
function signature_type(f, types)
    T = to_tuple_type(types)
    return rewrap_unionall(Tuple{Core.Typeof(f), getfield(unwrap_unionall(T), :parameters)...}, T)
end

# The methods of a function, in the order they are listed.
struct MethodList <: AbstractArray{Method,1}
    ms::Vector{Method}
    f::Any
end
size(list::MethodList) = size(list.ms)
length(list::MethodList) = length(list.ms)
getindex(list::MethodList, i::Int64) = list.ms[i]
iterate(list::MethodList) = iterate(list.ms)
iterate(list::MethodList, state) = iterate(list.ms, state)
isempty(list::MethodList) = isempty(list.ms)

function matching_methods(signature, world)
    found = Method[]
    for m in Core._methods(signature, world)
        push!(found, m)
    end
    return found
end

methods(f) = methods(f, Tuple)
methods(f, types) = MethodList(matching_methods(signature_type(f, types), get_world_counter()), f)
methods(f, types, mod::Module) = methods(f, types, (mod,))
function methods(f, types, mods::Union{Tuple,AbstractArray})
    MethodList(filter(m -> parentmodule(m) in mods, methods(f, types).ms), f)
end
methods(f, mod::Module) = methods(f, Tuple, (mod,))

function which(f, types)
    found = Core._which(signature_type(f, types), get_world_counter())
    found isa Method || error("no unique matching method found for the specified argument types")
    return found
end
function which(signature::Type{<:Tuple})
    found = Core._which(signature, get_world_counter())
    found isa Method || error("no unique matching method found for the specified argument types")
    return found
end
function which(m::Module, name::Symbol)
    info = Core._binding_info(m, name)
    info === nothing && error(repr(String(name)), " is not defined in module ", m)
    return info[1]
end

function hasmethod(f, types; world=get_world_counter())
    Core._which(signature_type(f, types), world) isa Method
end
function hasmethod(f, types, keywords::Tuple; world=get_world_counter())
    isempty(keywords) && return hasmethod(f, types; world=world)
    m = Core._which(signature_type(f, types), world)
    m isa Method || return false
    known = kwarg_decl(m)
    isempty(known) && return false
    takes_any(known) || all(in(known), keywords)
end

# The keywords a method takes; one that takes any others has a last one that ends in `...`.
function kwarg_decl(m::Method)
    names = Symbol[]
    for name in Core._keyword_names(m)
        push!(names, name)
    end
    return names
end
takes_any(names) = !isempty(names) && endswith(String(names[end]), "...")

invokelatest(f, args...; keywords...) = invoke_in_world(0xffffffffffffffff, f, args...; keywords...)
function invoke_in_world(world::UInt64, f, args...; keywords...)
    isempty(keywords) && return Core._call_in_world(world, f, args...)
    return Core._call_in_world(world, Core.kwcall, NamedTuple(keywords), f, args...)
end

# `invoke(f, types, arguments...; keywords...)`: the method for keyword calls is the one chosen.
function Core.kwcall(keywords::NamedTuple, ::typeof(Core.invoke), f, types, args...)
    T = to_tuple_type(types)
    T = rewrap_unionall(Tuple{typeof(keywords), Core.Typeof(f), getfield(unwrap_unionall(T), :parameters)...}, T)
    return Core.invoke(Core.kwcall, T, keywords, f, args...)
end

delete_method(m::Method) = Core._delete_method(m)

# Two methods that some call matches equally well, unless a third one takes all such calls.
function isambiguous(a::Method, b::Method; ambiguous_bottom=false)
    a === b && return false
    morespecific(a, b) || morespecific(b, a) ? (return false) : nothing
    common = typeintersect(a.sig, b.sig)
    common === Union{} && return false
    ambiguous_bottom || !has_bottom_parameter(common) || return false
    for m in matching_methods(common, get_world_counter())
        m === a && continue
        m === b && continue
        common <: m.sig && morespecific(m, a) && morespecific(m, b) && return false
    end
    return true
end
has_bottom_parameter(T) = any(P -> P === Union{}, collect_parameters(unwrap_unionall(T)))
collect_parameters(T) = Any[P for P in getfield(T, :parameters)]
morespecific(a::Method, b::Method) = Core._morespecific(a.sig, b.sig)
morespecific(a::Type, b::Type) = Core._morespecific(a, b)
typeintersect(a::Type, b::Type) = Core._typeintersect(a, b)

# How methods print.

function show(io::IO, m::Method)
    show_signature(io, m)
    print(io, " @ ", m.module, " ", place(m))
end

place(m::Method) = string(file_name(m), ":", m.line)
# Files of the base library are named as they lie in its folder.
function file_name(m::Method)
    file = String(m.file)
    startswith(file, "base/") ? file[6:end] : file
end

function show(io::IO, list::MethodList)
    n = length(list)
    print(io, "# ", n, n == 1 ? " method" : " methods")
    home = show_owner(io, list.f)
    n > 0 && print(io, ":")
    width = length(string(n))
    for i in 1:n
        m = list[i]
        print(io, "\n ", lpad(string("[", i, "]"), width + 2), " ")
        show_signature(io, m)
        print(io, "\n", repeat(" ", width + 4), "@ ")
        m.module === home || print(io, m.module, " ")
        print(io, place(m))
    end
end

# Whose methods they are; the result is the module that needs no mention.
function show_owner(io, f)
    T = typeof(f)
    name = function_symbol(T)
    if f isa Type
        print(io, " for type constructor")
        return Core
    elseif is_named_function(T)
        home = Core._parentmodule(T)
        home === nothing && (home = Core)
        print(io, startswith(String(name), "@") ? " for macro " : " for generic function ")
        print(io, repr(String(name)), " from ", home)
        return home
    elseif f isa Function && startswith(String(name), "#")
        print(io, " for anonymous function ", repr(String(name)))
    else
        print(io, " for callable object")
    end
    return Core._parentmodule(T)
end

function_symbol(T) = T <: Function && isdefined(T, :instance) ? Symbol(Core._function_name(getfield(T, :instance))) : Core._typename_symbol(T)

# Whether a type is that of the function which is bound to its name.
function is_named_function(T)
    T isa DataType && T <: Function && isdefined(T, :instance) || return false
    home = Core._parentmodule(T)
    home === nothing && return true
    name = function_symbol(T)
    return Core._isdefinedglobal(home, name) && Core.getglobal(home, name) === getfield(T, :instance)
end

# The function part of the signature `whole`: `f`, `(f::F)` for callable objects, `T` for constructors.
show_callee(io, T, whole = T) = show_callee(io, T, whole, "")
function show_callee(io, T, whole, name)
    if is_named_function(T)
        print(io, function_symbol(T))
    elseif T <: Type && T isa DataType && !(getfield(T, :parameters)[1] isa TypeVar)
        C = getfield(T, :parameters)[1]
        closed = C isa UnionAll && getfield(getfield(unwrap_unionall(C), :name), :wrapper) !== C
        print(io, closed ? string("(", C, ")") : type_word(C, whole))
    else
        print(io, "(", name, "::", type_word(T, whole), ")")
    end
end

type_variables(T) = T isa UnionAll ? pushfirst!(type_variables(getfield(T, :body)), getfield(T, :var)) : Any[]

function show_signature(io, m::Method)
    types = getfield(unwrap_unionall(m.sig), :parameters)
    names = Core._method_names(m)
    show_callee(io, types[1], m.sig, startswith(String(names[1]), "#") ? "" : names[1])
    print(io, "(")
    n = length(types)
    for i in 2:n
        i > 2 && print(io, ", ")
        show_parameter(io, parameter_name(names[i]), types[i], m.sig)
    end
    keywords = kwarg_decl(m)
    isempty(keywords) || print(io, "; ")
    for i in 1:length(keywords)
        print(io, i > 1 ? ", " : "", keywords[i])
    end
    print(io, ")")
    show_variables(io, m.sig)
end

parameter_name(name) = startswith(String(name), "#") ? "" : String(name)

# `x`, `x::T`, `::T`, `x::T...`: a type that says nothing is left out after a name.
function show_parameter(io, name, T, whole)
    if T isa Core.TypeofVararg
        element = isdefined(T, :T) ? getfield(T, :T) : Any
        if isdefined(T, :N) && !(getfield(T, :N) isa TypeVar)
            print(io, name, "::", type_word(T, whole))
        elseif element === Any && name != ""
            print(io, name, "...")
        else
            print(io, name, "::", type_word(element, whole), "...")
        end
    elseif T === Any && name != ""
        print(io, name)
    else
        print(io, name, "::", type_word(T, whole))
    end
end
# A part of a signature, whose variables have their bounds at its end.
type_word(T, whole) = Core._type_string(T, whole)

function show_variables(io, whole)
    variables = type_variables(whole)
    isempty(variables) && return nothing
    print(io, " where ", length(variables) > 1 ? "{" : "")
    for i in 1:length(variables)
        i > 1 && print(io, ", ")
        show_variable(io, variables[i], whole)
    end
    print(io, length(variables) > 1 ? "}" : "")
end
function show_variable(io, v, whole)
    lower, upper = getfield(v, :lb), getfield(v, :ub)
    if lower === Union{}
        print(io, getfield(v, :name))
    elseif upper === Any
        return print(io, getfield(v, :name), ">:", type_word(lower, whole))
    else
        print(io, type_word(lower, whole), "<:", getfield(v, :name))
    end
    upper === Any || print(io, "<:", type_word(upper, whole))
end
