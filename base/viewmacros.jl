# `@view` and `@views`: indexing that gives views. `end` and `begin` inside the brackets mean the indexed array's.

export @view, @views

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
