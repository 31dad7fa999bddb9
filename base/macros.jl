# Macros for everyone. Those that need nothing but the text of their arguments (`@assert`, `@show`, `@inline`, ...) are
# rules of lowering.

export @macroexpand, @macroexpand1, @gensym, @time, @elapsed, @timed, @timev, @static, @something, @coalesce, @lock
export @view, @views, @enum, @NamedTuple, @Kwargs, @info, @warn, @error, @debug, @deprecate, Enum, instances, @b_str, @s_str, @int128_str
export @uint128_str

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

# How long something took. The text goes to standard output, as the value does nothing to it.
macro time(code)
    return quote
        local start = time_ns()
        local value = $(esc(code))
        print_seconds(time_ns() - start, nothing)
        value
    end
end
macro time(label, code)
    return quote
        local start = time_ns()
        local value = $(esc(code))
        print_seconds(time_ns() - start, $(esc(label)))
        value
    end
end
macro timev(code)
    return :(@time $(esc(code)))
end
function print_seconds(ns, label)
    text = lpad(string(div(ns, 1000000000), ".", lpad(string(div(rem(ns, 1000000000), 1000)), 6, '0')), 10)
    println(label === nothing ? "" : string(label, ": "), text, " seconds")
end
macro elapsed(code)
    return quote
        local start = time_ns()
        $(esc(code))
        (time_ns() - start) / 1e9
    end
end
macro timed(code)
    return quote
        local start = time_ns()
        local value = $(esc(code))
        (value=value, time=(time_ns() - start) / 1e9, bytes=0, gctime=0.0, gcstats=nothing)
    end
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

# Calls `old` as `new`.
macro deprecate(old, new, export_old=true)
    if old isa Symbol
        definition = :($(esc(old))(args...; keywords...) = $(esc(new))(args...; keywords...))
        name = old
    else
        definition = Expr(:(=), esc(old), esc(new))
        name = old.args[1]
    end
    return export_old ? Expr(:toplevel, Expr(:export, esc(name)), definition) : definition
end

# Literals.
macro b_str(text)
    return collect(codeunits(unescaped(text)))
end
macro s_str(text)
    return text
end
unescaped(text) = Meta.parse(string('"', replace(text, "\"" => "\\\""), '"'))
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

# Messages to standard error.
macro info(args...)
    return log_call(__module__, __source__, "Info", args)
end
macro warn(args...)
    return log_call(__module__, __source__, "Warning", args)
end
macro error(args...)
    return log_call(__module__, __source__, "Error", args)
end
macro debug(args...)
    return nothing
end
function log_call(m, source, level, args)
    values = map(logged_value, args[2:length(args)])
    return :(log_message($level, $(esc(args[1])), ($(values...),), $(string(m)), $(string(source.file, ":", source.line))))
end
function logged_value(code)
    Meta.isexpr(code, :(=)) && return :(($(String(code.args[1])), $(esc(code.args[2]))))
    return :(($(string(code)), $(esc(code))))
end
function log_message(level, message, values, m, place)
    lines = map(String, split(string(message), '\n'))
    for (name, value) in values
        push!(lines, string("  ", name, " = ", value))
    end
    level == "Info" || push!(lines, "")
    if length(lines) == 1
        println(stderr, "[ ", level, ": ", lines[1])
        return nothing
    end
    for i in 1:length(lines)
        is_last = i == length(lines)
        text = is_last && level != "Info" ? string("@ ", m, " ", place) : lines[i]
        println(stderr, i == 1 ? string("┌ ", level, ": ") : is_last ? "└ " : "│ ", text)
    end
    return nothing
end

# Views: `end` and `begin` inside the brackets mean the indexed array's.
macro view(code)
    Meta.isexpr(code, :ref) || throw(ArgumentError("Invalid use of @view macro: argument must be a reference expression A[...]."))
    return esc(Expr(:let, Expr(:block), Expr(:block, indexed_as(code, view))))
end
macro views(code)
    return esc(with_views(code))
end
function indexed_as(code, f)
    array, indices = code.args[1], code.args[2:length(code.args)]
    any(mentions_bounds, indices) || return Expr(:call, f, array, indices...)
    name = array isa Symbol ? array : gensym("array")
    indices = map(i -> bounds_replaced(indices[i], name, length(indices) == 1 ? nothing : i), 1:length(indices))
    call = Expr(:call, f, name, indices...)
    return name === array ? call : Expr(:let, Expr(:(=), name, array), Expr(:block, call))
end
mentions_bounds(code) = code === :end || code === :begin
function mentions_bounds(code::Expr)
    code.head === :quote && return false
    code.head === :ref && return mentions_bounds(code.args[1])
    return any(mentions_bounds, code.args)
end
function bounds_replaced(code, array, dimension)
    code === :end && return dimension === nothing ? :($lastindex($array)) : :($lastindex($array, $dimension))
    code === :begin && return dimension === nothing ? :($firstindex($array)) : :($firstindex($array, $dimension))
    code isa Expr && code.head !== :quote || return code
    if code.head === :ref
        return Expr(:ref, bounds_replaced(code.args[1], array, dimension), code.args[2:length(code.args)]...)
    end
    return Expr(code.head, map(part -> bounds_replaced(part, array, dimension), code.args)...)
end
# Ranges give views, single indices values.
maybe_view(array, indices...) = view(array, indices...)
maybe_view(array, indices::Number...) = getindex(array, indices...)
maybe_view(array) = getindex(array)
maybe_view(text::AbstractString, indices...) = getindex(text, indices...)
with_views(code) = code
function with_views(code::Expr)
    code.head === :quote && return code
    if code.head === :ref
        return indexed_as(Expr(:ref, map(with_views, code.args)...), maybe_view)
    elseif code.head in (:(=), :(.=), :(+=), :(-=), :(*=), :(/=)) && Meta.isexpr(code.args[1], :ref)
        # What is assigned to stays what it is.
        target = Expr(:ref, map(with_views, code.args[1].args)...)
        return Expr(code.head, target, with_views(code.args[2]))
    end
    return Expr(code.head, map(with_views, code.args)...)
end

# Keyword constructors: `@kwdef struct P; x = 1; y; end`.
macro kwdef(code)
    Meta.isexpr(code, :struct) || throw(ArgumentError("Invalid usage of @kwdef"))
    parts = Any[]
    keywords = Any[]
    names = Symbol[]
    for field in code.args[3].args
        name = declared_name(Meta.isexpr(field, :(=)) ? field.args[1] : field)
        if name === nothing
            push!(parts, field)
        elseif Meta.isexpr(field, :(=))
            push!(parts, field.args[1])
            push!(keywords, Expr(:kw, name, field.args[2]))
            push!(names, name)
        else
            push!(parts, field)
            push!(keywords, name)
            push!(names, name)
        end
    end
    definition = Expr(:struct, code.args[1], code.args[2], Expr(:block, parts...))
    head = Meta.isexpr(code.args[2], :(<:)) ? code.args[2].args[1] : code.args[2]
    return Expr(:block, esc(definition), map(esc, keyword_constructors(head, keywords, names))..., nothing)
end
declared_name(field) = field isa Symbol ? field : nothing
function declared_name(field::Expr)
    field.head === :(::) && return declared_name(field.args[1])
    field.head in (:const, :atomic) && return declared_name(field.args[1])
    return nothing
end
function keyword_constructors(head, keywords, names)
    isempty(names) && return Any[]
    parameters = Expr(:parameters, keywords...)
    head isa Symbol && return Any[Expr(:(=), Expr(:call, head, parameters), Expr(:block, Expr(:call, head, names...)))]
    name, variables = head.args[1], head.args[2:length(head.args)]
    plain = map(v -> v isa Symbol ? v : v.args[1], variables)
    full = Expr(:curly, name, plain...)
    return Any[
        Expr(:(=), Expr(:call, name, parameters), Expr(:block, Expr(:call, name, names...))),
        Expr(:(=), Expr(:where, Expr(:call, full, parameters), variables...), Expr(:block, Expr(:call, full, names...))),
    ]
end

# Types of named values: `@enum Fruit apple banana=5`, `@enum Fruit::UInt8 begin ... end`.
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
