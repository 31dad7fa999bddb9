# `InteractiveUtils`: questions that are asked at the prompt, about types, methods and docstrings.

module InteractiveUtils

import Main

export subtypes, supertypes, methodswith, apropos, versioninfo, varinfo, less, edit, clipboard
export @which, @functionloc, @less, @edit
export code_warntype, code_llvm, code_native
export @code_lowered, @code_typed, @code_warntype, @code_llvm, @code_native

# Types above and below a type.

"""
    supertypes(T)

The type and all types above it, up to `Any`.
"""
supertypes(T::Type) = (S = supertype(T); S === T ? (T,) : (T, supertypes(S)...))

"""
    subtypes(T)
    subtypes(m::Module, T)

The types right below an abstract type, of all modules or of one and those inside it.
"""
subtypes(T::Type) = subtypes_in(root_modules(), T)
subtypes(m::Module, T::Type) = subtypes_in(Module[m], T)

# Modules that stand in no other: the program's, the base library and what was loaded from beside it.
function root_modules()
    roots = Module[Core, Base, Main]
    for name in names(Main; all=true, imported=true)
        isdefined(Main, name) || continue
        m = getglobal(Main, name)
        m isa Module && parentmodule(m) === m && !(m in roots) && push!(roots, m)
    end
    return roots
end

function subtypes_in(modules, T)
    isabstracttype(T) || return Type[]
    found = Any[]
    for m in with_inner_modules(modules), name in names(m; all=true)
        isdefined(m, name) || continue
        below = right_below(T, m, name, getglobal(m, name))
        below === Union{} || below in found || push!(found, below)
    end
    return sort!(found; by=string)
end
# The part of the type that `name` stands for which is right below `T`; a type counts where it was defined.
function right_below(T, m, name, value)
    value isa Type || return Union{}
    body = Base.unwrap_unionall(value)
    body isa DataType && nameof(body) === name && parentmodule(body) === m || return Union{}
    body !== Any && nameof(supertype(body)) === nameof(T) || return Union{}
    parentmodule(supertype(body)) === parentmodule(T) || return Union{}
    return typeintersect(value, T)
end
function with_inner_modules(modules)
    found = copy(modules)
    i = 1
    while i <= length(found)
        m = found[i]
        for name in names(m; all=true)
            isdefined(m, name) || continue
            inner = getglobal(m, name)
            inner isa Module && nameof(inner) === name && parentmodule(inner) === m && !(inner in found) && push!(found, inner)
        end
        i += 1
    end
    return found
end

# Methods.

"""
    methodswith(T, [m::Module or function]; supertypes=false)

The methods that name a type, or with `supertypes` one above it but `Any`, as the type of an argument.
"""
function methodswith(T::Type, f::Function; supertypes::Bool=false)
    return Method[m for m in methods(f) if takes(m, T, supertypes)]
end
function methodswith(T::Type, home::Module; supertypes::Bool=false)
    found = Method[]
    for name in names(home)
        isdefined(home, name) || continue
        f = getglobal(home, name)
        f isa Function && union!(found, methodswith(T, f; supertypes=supertypes))
    end
    return unique!(found)
end
function methodswith(T::Type; supertypes::Bool=false)
    found = Method[]
    for m in with_inner_modules(root_modules())
        union!(found, methodswith(T, m; supertypes=supertypes))
    end
    return unique!(found)
end
function takes(m, T, with_supertypes)
    types = Base.unwrap_unionall(m.sig).parameters
    return any(i -> names_type(types[i], T, with_supertypes), 2:length(types))
end
function names_type(P, T, with_supertypes)
    P isa TypeVar && (P = P.ub)
    P isa Type || return false
    with_supertypes && return P !== Any && Base.unwrap_unionall(P) isa DataType && T <: P
    return P == T || P isa UnionAll && !(T isa UnionAll) && P.var.ub === T
end

# What a call, written out, would call. Syntax that stands for a call is one.

macro which(code)
    code isa Symbol && return :(which($__module__, $(QuoteNode(code))))
    return with_call(:which, code)
end
macro functionloc(code)
    return with_call(:functionloc, code)
end
functionloc(f, types) = (m = which(f, types); (String(m.file), m.line))

typesof(args...) = Tuple{map(Core.Typeof, args)...}
function with_call(asked, code)
    f, args, keywords = parts_of_call(code)
    isempty(keywords) || return :($asked(Core.kwcall, typesof((; $(keywords...)), $f, $(args...))))
    return :($asked($f, typesof($(args...))))
end
function parts_of_call(code)
    Meta.isexpr(code, :do) && return parts_of_call(Expr(:call, code.args[1].args[1], code.args[2], code.args[1].args[2:end]...))
    if Meta.isexpr(code, :call)
        args = Any[esc(arg) for arg in code.args[2:end] if !Meta.isexpr(arg, (:kw, :parameters))]
        keywords = Any[esc(arg) for arg in code.args[2:end] if Meta.isexpr(arg, :kw)]
        for arg in code.args[2:end]
            Meta.isexpr(arg, :parameters) && append!(keywords, map(esc, arg.args))
        end
        return esc(code.args[1]), args, keywords
    end
    f = called_by_syntax(code)
    f === nothing && throw(ArgumentError("expression is not a function call"))
    args = Meta.isexpr(code, :(=)) ? setting_arguments(code) : code.args
    args = Any[arg isa QuoteNode ? arg : esc(arg) for arg in args]
    return f, args, Any[]
end
function called_by_syntax(code)
    code isa Expr || return nothing
    code.head === :ref && return :getindex
    code.head === :. && code.args[2] isa QuoteNode && return :getproperty
    code.head === :vect && return :(Base.vect)
    code.head === :vcat && return :vcat
    code.head === :hcat && return :hcat
    code.head === Symbol("'") && return :adjoint
    code.head === :(=) && Meta.isexpr(code.args[1], :ref) && return :setindex!
    code.head === :(=) && Meta.isexpr(code.args[1], :., 2) && return :setproperty!
    return nothing
end
function setting_arguments(code)
    target, value = code.args
    return target.head === :ref ? Any[target.args[1], value, target.args[2:end]...] : Any[target.args..., value]
end

# Docstrings.

"""
    apropos(text)

Print the names whose docstrings contain the text, in whatever case.
"""
apropos(text::AbstractString) = apropos(stdout, text)
function apropos(io::IO, text::AbstractString)
    wanted = lowercase(text)
    found = String[]
    for (name, entries) in Base.documented, (m, doc) in entries
        occursin(wanted, lowercase(doc)) && push!(found, string(m, ".", name))
    end
    foreach(line -> println(io, line), sort!(unique!(found)))
end

# The program itself.

versioninfo(; verbose::Bool=false) = versioninfo(stdout; verbose=verbose)
function versioninfo(io::IO; verbose::Bool=false)
    println(io, "Julia Version ", VERSION, " (Tintype)")
    println(io, "Platform Info:\n  WORD_SIZE: ", 8 * sizeof(Int))
end

# What there is not yet: an editor, a pager, the clipboard, and code in its steps of compilation.

not_supported(name) = error(string(name, " is not supported yet"))
less(args...) = not_supported("less")
edit(args...) = not_supported("edit")
clipboard(args...) = not_supported("clipboard")
varinfo(args...; keywords...) = not_supported("varinfo")
code_warntype(args...; keywords...) = not_supported("code_warntype")
code_llvm(args...; keywords...) = not_supported("code_llvm")
code_native(args...; keywords...) = not_supported("code_native")
for name in (:less, :edit, :code_lowered, :code_typed, :code_warntype, :code_llvm, :code_native)
    @eval macro $name(args...)
        return :(not_supported($($(string("@", name)))))
    end
end

end
