# Small macros for everyone: expansion, choices made while code is read, deprecation, literals. Those that need nothing but
# the text of their arguments (`@assert`, `@show`, `@inline`, ...) are rules of lowering; larger themes have files of their own.

export @macroexpand, @macroexpand1, @gensym, @static, @something, @coalesce, @lock, @deprecate
export @NamedTuple, @Kwargs, @b_str, @s_str, @int128_str, @uint128_str

macro macroexpand(code)
    return :(macroexpand($__module__, $(QuoteNode(code)); recursive=true))
end
macro macroexpand1(code)
    return :(macroexpand($__module__, $(QuoteNode(code)); recursive=false))
end

macro gensym(names...)
    assignments = map(name -> Expr(:(=), esc(name), Expr(:call, gensym, String(name))), names)
    return Expr(:block, assignments..., nothing)
end

# `if` decided while the code is read.
macro static(code)
    code isa Expr && code.head in (:if, :elseif, :&&, :||) || throw(ArgumentError("invalid @static macro"))
    return esc(static_branch(__module__, code))
end
function static_branch(m, code)
    code isa Expr || return code
    if code.head === :&& || code.head === :||
        left = Core.eval(m, code.args[1])
        return (code.head === :&&) == left ? code.args[2] : left
    end
    code.head === :if || code.head === :elseif || return code
    condition = code.args[1]
    Core.eval(m, Meta.isexpr(condition, :block) ? condition.args[length(condition.args)] : condition) && return code.args[2]
    return length(code.args) == 3 ? static_branch(m, code.args[3]) : nothing
end

# The first argument that is something; the others are not evaluated.
macro something(args...)
    code = :(something())
    for arg in reverse(args)
        code = :(let value = $(esc(arg))
            value === nothing ? $code : something(value)
        end)
    end
    return code
end
macro coalesce(args...)
    code = :missing
    for arg in reverse(args)
        code = :(let value = $(esc(arg))
            value === missing ? $code : value
        end)
    end
    return code
end

macro lock(l, code)
    return quote
        local held = $(esc(l))
        lock(held)
        try
            $(esc(code))
        finally
            unlock(held)
        end
    end
end

# Calls `old` as `new`: without a warning, as when none is asked for.
macro deprecate(old, new, export_old=true)
    if old isa Symbol
        definition = :($(esc(old))(args...; keywords...) = $(esc(new))(args...; keywords...))
    else
        definition = Expr(:(=), esc(old), Expr(:block, esc(new)))
    end
    name = deprecated_name(old)
    return export_old === true && name !== nothing ? Expr(:toplevel, Expr(:export, esc(name)), definition) : definition
end
# `nothing` where the function belongs to another module.
deprecated_name(old) = old isa Symbol ? old : nothing
function deprecated_name(old::Expr)
    old.head in (:call, :where, :curly, :(::)) && return deprecated_name(old.args[1])
    old.head === :. && return nothing
    throw(ArgumentError("invalid usage of @deprecate"))
end

# Literals.
macro b_str(text)
    return collect(codeunits(unescaped(text)))
end
macro s_str(text)
    throw(ArgumentError("substitution strings (s\"...\") are not supported yet"))
end
function unescaped(text)
    for (plain, written) in ("\"" => "\\\"", "\$" => "\\\$")
        text = replace(text, plain => written)
    end
    return Meta.parse(string('"', text, '"'))
end
macro int128_str(text)
    return parse(Int128, text)
end
macro uint128_str(text)
    return parse(UInt128, text)
end

# `@NamedTuple{a::Int, b}`, `@Kwargs{a::Int}`.
macro NamedTuple(code)
    names, types = named_types(code)
    return :(NamedTuple{$(Expr(:tuple, names...)),Tuple{$(types...)}})
end
macro Kwargs(code)
    names, types = named_types(code)
    return :(NamedTuple{$(Expr(:tuple, names...)),Tuple{$(types...)}})
end
function named_types(code)
    Meta.isexpr(code, (:braces, :block)) || throw(ArgumentError("@NamedTuple expects {...} or begin...end"))
    fields = filter(field -> !(field isa LineNumberNode), code.args)
    names = map(field -> QuoteNode(field isa Symbol ? field : field.args[1]), fields)
    types = map(field -> field isa Symbol ? :Any : esc(field.args[2]), fields)
    return names, types
end
