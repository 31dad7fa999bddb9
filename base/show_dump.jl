# `dump`: the structure of a value field by field; `show_sexpr`: that of an expression as nested lists.

dump(x; maxdepth::Integer = 8) = dump(stdout, x; maxdepth = maxdepth)
function dump(io::IO, x; maxdepth::Integer = 8)
    dump_value(with_property(io, :limit, true), x, maxdepth, "")
    println(io)
end

function dump_value(io, x, depth, indent)
    show_circular(io, x) && return nothing
    x isa Type && return dump_type(io, x, depth, indent)
    print(io, typeof(x))
    n = nfields(x)
    if n == 0
        x isa Tuple || (print(io, " "); show(io, x))
    elseif depth > 0
        inner = with_property(io, :SHOWN_SET, x)
        for i in 1:n
            name = fieldname(typeof(x), i)
            print(io, "\n", indent, "  ", name, ": ")
            Core._field_is_defined(x, i) ? dump_value(inner, getfield(x, i), depth - 1, string(indent, "  ")) : print(io, "#undef")
        end
    end
    return nothing
end
dump_value(io, x::Module, depth, indent) = print(io, "Module ", x)
dump_value(io, x::Symbol, depth, indent) = print(io, "Symbol ", x)
dump_value(io, x::String, depth, indent) = (print(io, "String "); show(io, x))
dump_value(io, f::Function, depth, indent) = print(io, Core._function_name(f), " (function of type ", typeof(f), ")")
function dump_value(io, a::Array, depth, indent)
    print(io, "Array{", eltype(a), "}(", size(a), ")")
    if eltype(a) <: Number
        print(io, " ")
        show(io, a)
    elseif depth > 0 && !isempty(a) && !show_circular(io, a)
        dump_elements(with_property(io, :SHOWN_SET, a), a, depth, indent)
    end
    return nothing
end
function dump_elements(io, a, depth, indent)
    n = length(a)
    for i in (n > 10 ? [1:5; (n - 4):n] : collect(1:n))
        print(io, "\n", indent, "  ", i, ": ")
        is_unset(a, i) ? print(io, "#undef") : dump_value(io, a[i], depth - 1, string(indent, "  "))
        i == 5 && n > 10 && print(io, "\n", indent, "  ...")
    end
end

function dump_type(io, T, depth, indent)
    if T isa UnionAll
        dump_union_all(io, T, depth, indent)
    elseif T isa DataType
        dump_data_type(io, T, depth, indent)
    else
        print(io, T)
    end
    return nothing
end
function dump_data_type(io, T, depth, indent)
    is_tuple = T <: Tuple
    is_abstract = isabstracttype(T) && !is_tuple
    print(io, is_tuple ? "" : is_abstract ? "abstract type " : isprimitivetype(T) ? "primitive type " : ismutabletype(T) ? "mutable struct " : "struct ", T)
    T === Any || print(io, " <: ", supertype(T))
    (depth <= 0 || is_tuple || is_abstract) && return nothing
    for i in 1:fieldcount(T)
        print(io, "\n", indent, "  ", fieldname(T, i), "::", fieldtype(T, i))
    end
end
function dump_union_all(io, T, depth, indent)
    print(io, "UnionAll")
    depth > 0 || return nothing
    v = getfield(T, :var)
    print(io, "\n", indent, "  var: TypeVar")
    if depth > 1
        print(io, "\n", indent, "    name: Symbol ", v.name, "\n", indent, "    lb: ")
        dump_value(io, v.lb, depth - 2, string(indent, "    "))
        print(io, "\n", indent, "    ub: ")
        dump_value(io, v.ub, depth - 2, string(indent, "    "))
    end
    print(io, "\n", indent, "  body: ")
    dump_value(io, getfield(T, :body), depth - 1, string(indent, "  "))
end

# `(:call, :f, :x)`: an expression as a tuple of its head and parts, blocks over several lines.
show_sexpr(x) = show_sexpr(stdout, x)
show_sexpr(io::IO, x) = show_sexpr(io, x, 2)
show_sexpr(io::IO, x, indent) = show(io, x)
function show_sexpr(io::IO, q::QuoteNode, indent)
    print(io, "(:quote, #QuoteNode\n", repeat(" ", indent))
    show_sexpr(io, q.value, indent + 2)
    print(io, "\n", repeat(" ", indent - 2), ")")
end
function show_sexpr(io::IO, x::Expr, indent)
    is_block = x.head === :block
    print(io, "(")
    show(io, x.head)
    for a in x.args
        print(io, is_block ? string(",\n", repeat(" ", indent)) : ", ")
        show_sexpr(io, a, indent + 2)
    end
    isempty(x.args) ? print(io, ",)") : print(io, is_block ? string("\n", repeat(" ", indent - 2)) : "", ")")
end

# Takes the line numbers out of the blocks of an expression.
function remove_linenums!(x::Expr)
    x.head in (:block, :quote) && filter!(a -> !(a isa LineNumberNode) && !has_head(a, :line), x.args)
    foreach(a -> a isa Expr && remove_linenums!(a), x.args)
    return x
end
