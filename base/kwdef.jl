# `@kwdef struct P; x = 1; y; end`: a struct with a constructor that takes its fields as keywords.

export @kwdef

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
