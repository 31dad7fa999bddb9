# How collections print on one line. A collection says its element type where the elements do not tell it, and passes it
# on as `:typeinfo`, so that they leave out what is known.

# The type in front of a collection, and whether its elements tell theirs.
function type_prefix(io, x)
    known = get(io, :typeinfo, Any)
    known = x isa known ? element_type_of(known) : nothing
    T = eltype(x)
    if x isa AbstractDict
        T == known && return (type_name_text(x), false)
        !isempty(x) && is_implied(keytype(x)) && is_implied(valtype(x)) && return (type_name_text(x), true)
        return (string(typeof(x)), false)
    end
    T == known && return ("", false)
    !isempty(x) && is_implied(T) && return ("", true)
    return (string(T), false)
end
type_name_text(x) = string(getfield(getfield(typeof(x), :name), :wrapper))
element_type_of(T) = T <: Union{AbstractArray,AbstractDict,AbstractSet} && T !== Union{} ? eltype(T) : nothing
# Types that an element's own form shows.
is_implied(T) = T === Int64 || T === Float64 || T === String || T === Char || T === Symbol || is_singleton_type(T) || is_implied_compound(T)
is_singleton_type(T) = isconcretetype(T) && isdefined(T, :instance)
function is_implied_compound(T)
    isconcretetype(T) || return false
    T <: Array && return is_implied(eltype(T))
    T <: Union{Tuple,NamedTuple,Pair} && return all(is_implied, fieldtypes(T))
    return T <: AbstractDict && is_implied(keytype(T)) && is_implied(valtype(T))
end
known_types(io, x) = (known = get(io, :typeinfo, Any); x isa known ? known : Any)
# What is known of the i-th part of a tuple or pair when `known` is known of it.
known_part(known, x, i) = known <: typeof(x) && isconcretetype(known) ? fieldtype(known, i) : known isa DataType && known <: Tuple && i <= fieldcount_of(known) ? fieldtype(known, i) : Any
fieldcount_of(T) = isconcretetype(T) ? fieldcount(T) : 0

show(io::IO, a::AbstractArray) = show_array(io, a)
show(io::IO, a::AbstractArray{T,1}) where {T} = show_vector(io, a, "[", "]")
show_vector(io, items) = show_vector(io, items, "[", "]")
function show_vector(io, items, opening, closing)
    prefix, is_told = type_prefix(io, items)
    print(io, prefix)
    inner = is_told ? io : with_property(io, :typeinfo, eltype(items))
    show_delimited(inner, items, opening, ", ", closing)
end
function show_delimited(io, items, opening, separator, closing)
    print(io, opening)
    if !show_circular(io, items)
        inner = with_property(io, :SHOWN_SET, items)
        is_limited(io) && length(items) > 20 ? show_ends(inner, items, separator) : show_elements(inner, items, 1, separator)
    end
    print(io, closing)
    return nothing
end
function show_elements(io, items, count, separator)
    is_first = true
    for x in items
        is_first || print(io, separator)
        is_first = false
        show(io, x)
    end
end
# An array may have elements that are not set.
show_elements(io, a::AbstractArray, _, separator) = show_range(io, a, eachindex(a), separator)
function show_range(io, a, indices, separator)
    is_first = true
    for i in indices
        is_first || print(io, separator)
        is_first = false
        is_unset(a, i) ? print(io, "#undef") : show(io, a[i])
    end
end
is_unset(a, indices...) = false
is_unset(a::Array, i::Int64) = !Core._array_isassigned(a, i)
is_unset(a::Array, i::Int64, j::Int64) = is_unset(a, i + (j - 1) * size(a, 1))
# The first ten and the last ten.
function show_ends(io, items, separator)
    a = items isa AbstractArray ? items : collect(items)
    n = length(a)
    indices = collect(eachindex(a))
    show_range(io, a, indices[1:10], separator)
    print(io, "  …  ")
    show_range(io, a, indices[(n - 9):n], separator)
end

function show_array(io, a)
    ndims(a) == 0 && return show_zero_dimensional(io, a)
    isempty(a) && return show_empty_array(io, a)
    prefix, is_told = type_prefix(io, a)
    inner = with_property(is_told ? io : with_property(io, :typeinfo, eltype(a)), :SHOWN_SET, a)
    print(io, prefix, "[")
    if !show_circular(io, a)
        ndims(a) == 2 ? show_rows_of(inner, a, 0) : show_slices_of(inner, a)
        ndims(a) == 2 && size(a, 2) == 1 && print(io, ";;")
    end
    print(io, "]")
end
show_zero_dimensional(io, a) = (print(io, "fill("); show(io, a[]); print(io, ")"))
function show_empty_array(io, a)
    show(io, typeof(a))
    print(io, "(undef")
    foreach(n -> print(io, ", ", n), size(a))
    print(io, ")")
end
# A slice is known by how many elements lie before it; with `:limit` only its first two and last two rows and columns are
# shown.
function show_rows_of(io, a, before)
    m, n = size(a, 1), size(a, 2)
    rows = shown_indices(io, m)
    columns = shown_indices(io, n)
    for i in rows
        if i == 0
            print(io, "… ; ")
            continue
        end
        for j in columns
            j > 1 && print(io, " ")
            j == 0 ? print(io, " …") : show_matrix_element(io, a, i, j, before)
        end
        i < m && print(io, "; ")
    end
end
# Indices to show, a 0 for those left out.
shown_indices(io, n) = is_limited(io) && n > 4 ? [1, 2, 0, n - 1, n] : collect(1:n)
show_matrix_element(io, a, i, j, before) =
    is_unset(a, before + i + (j - 1) * size(a, 1)) ? print(io, "#undef") : show(io, matrix_element(a, i, j, before))
# Between slices stand as many semicolons as the dimension that changes has.
function show_slices_of(io, a)
    dims = size(a)
    per_slice = dims[1] * dims[2]
    n = div(length(a), per_slice)
    for k in 1:n
        show_rows_of(io, a, (k - 1) * per_slice)
        k < n && print(io, repeat(";", changed_dimension(dims, k)), " ")
    end
end
function changed_dimension(dims, k)
    d = 3
    while k % dims[d] == 0
        k = div(k, dims[d])
        d += 1
    end
    return d
end

function show(io::IO, t::Tuple)
    print(io, "(")
    if !show_circular(io, t)
        known = known_types(io, t)
        inner = with_property(io, :SHOWN_SET, t)
        for i in 1:nfields(t)
            i > 1 && print(io, ", ")
            show(with_property(inner, :typeinfo, known_part(known, t, i)), getfield(t, i))
        end
    end
    print(io, nfields(t) == 1 ? ",)" : ")")
end
show(io::IO, ::Tuple{}) = print(io, "()")
function show(io::IO, t::NamedTuple{names}) where {names}
    # A field's declared type shows only if all are.
    if !all(i -> typeof(getfield(t, i)) === fieldtype(typeof(t), i), 1:nfields(t))
        print(io, typeof(t), "(")
        show(io, values(t))
        return print(io, ")")
    end
    isempty(names) && return print(io, "NamedTuple()")
    known = known_types(io, t)
    print(io, "(")
    for i in 1:nfields(t)
        i > 1 && print(io, ", ")
        print(io, name_text(names[i]), " = ")
        show(with_property(io, :typeinfo, known === typeof(t) ? fieldtype(known, i) : Any), getfield(t, i))
    end
    print(io, nfields(t) == 1 ? ",)" : ")")
end

# A pair whose halves are not of its own types shows these; a half that is itself written with an operator gets
# parentheses.
function show(io::IO, p::Pair)
    is_told_by_halves(io, p) || return show_default(io, p)
    known = known_types(io, p)
    for i in 1:2
        inner = with_property(io, :typeinfo, known === typeof(p) ? fieldtype(known, i) : Any)
        half = getfield(p, i)
        i == 2 && print(io, is_compact(io) ? "=>" : " => ")
        if is_delimited(inner, half)
            show(inner, half)
        else
            print(io, "(")
            show(inner, half)
            print(io, ")")
        end
    end
end
is_told_by_halves(io, p::Pair{A,B}) where {A,B} =
    typeof(p.first) === A && typeof(p.second) === B || get(io, :typeinfo, Any) === typeof(p)
is_delimited(io, x) = true
is_delimited(io, p::Pair) = !is_told_by_halves(io, p)
is_delimited(io, f::Function) = !isoperator(Symbol(Core._function_name(f)))

function show(io::IO, d::AbstractDict)
    prefix = type_prefix(io, d)[1]
    print(io, prefix, "(")
    if !isempty(d) && !show_circular(io, d)
        inner = with_property(with_property(io, :SHOWN_SET, d), :typeinfo, eltype(d))
        n = 0
        for p in d
            n > 0 && print(io, ", ")
            show(inner, p)
            n += 1
            is_limited(io) && n >= 10 && (print(io, "…"); break)
        end
    end
    print(io, ")")
end
function show(io::IO, s::Set)
    if isempty(s)
        get(io, :typeinfo, Any) === typeof(s) ? print(io, type_name_text(s)) : show(io, typeof(s))
        return print(io, "()")
    end
    print(io, "Set(")
    show_vector(io, s)
    print(io, ")")
end
show(io::IO, v::Union{KeySet,ValueIterator}) = show_vector(io, v)

function show(io::IO, s::Some)
    get(io, :typeinfo, Any) === typeof(s) && return show(io, s.value)
    print(io, "Some(")
    show(io, s.value)
    print(io, ")")
end
show(io::IO, e::Enumerate) = (print(io, "enumerate("); show(io, e.items); print(io, ")"))
show(io::IO, z::Zip) = show_zip(io, (z.a, z.b))
show(io::IO, z::ZipAll) = show_zip(io, z.all)
show_zip(io, all) = (print(io, "zip("); show_elements(io, all, 1, ", "); print(io, ")"))
show(io::IO, s::SkipMissing) = (print(io, "skipmissing("); show(io, s.x); print(io, ")"))
show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ":"); show(io, r.stop))
show(io::IO, r::StepRange) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, r.stop))
function show(io::IO, r::StepRangeLen)
    if iszero(step(r))
        print(io, "StepRangeLen(", repr(first(r)), ", ", repr(step(r)), ", ", length(r), ")")
    else
        print(io, repr(first(r)), ":", repr(step(r)), ":", repr(last(r)))
    end
end
function show(io::IO, r::LinRange{T}) where {T}
    print(io, "LinRange{", T, "}(")
    inner = with_property(io, :typeinfo, T)
    show(inner, first(r))
    print(inner, ", ")
    show(inner, last(r))
    print(io, ", ", length(r), ")")
end
