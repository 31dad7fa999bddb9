# The forms of several lines: what the prompt and `display` show for collections, functions and characters.

# `5-element Vector{Int64}`, `2×3 Matrix{Float64}`, `Dict{Int64, String} with 2 entries`.
summary(x) = written(summary, x)
summary(io::IO, x) = print(io, typeof(x))
summary(io::IO, s::AbstractString) = print(io, isempty(s) ? "empty" : string(ncodeunits(s), "-codeunit"), " ", typeof(s))
summary(io::IO, s::String) = print(io, ncodeunits(s) == 0 ? "empty" : string(ncodeunits(s), "-codeunit"), " String")
function summary(io::IO, a::AbstractArray)
    print(io, dims2string(size(a)), " ")
    showarg(io, a, true)
end
summary(io::IO, d::AbstractDict) = (showarg(io, d, true); print_count(io, length(d), "entry", "entries"))
summary(io::IO, s::AbstractSet) = (showarg(io, s, true); print_count(io, length(s), "element", "elements"))
summary(io::IO, v::Union{KeySet,ValueIterator}) = (print(io, nameof_type(typeof(v)), " for a "); summary(io, v.dict))
summary(io::IO, f::Function) = show(io, TextPlain(), f)
print_count(io, n, one, many) = print(io, " with ", n, " ", n == 1 ? one : many)
dims2string(dims) =
    isempty(dims) ? "0-dimensional" : length(dims) == 1 ? string(dims[1], "-element") : join(map(string, dims), '×')

# A value named by its type, as an argument of a view.
function showarg(io::IO, x, is_outermost)
    is_outermost || print(io, "::")
    print(io, typeof(x))
end
function showarg(io::IO, v::SubArray, is_outermost)
    print(io, "view(")
    showarg(io, v.parent, false)
    for i in v.indices
        print(io, ", ")
        show_view_index(io, i)
    end
    print(io, ")")
    is_outermost && print(io, " with eltype ", eltype(v))
end
showarg(io::IO, p::Pairs{<:Integer,<:Any,<:Any,T}, is_outermost) where {T<:Union{AbstractArray{<:Any,1},Tuple}} = print(io, "pairs(::", T, ")")
showarg(io::IO, p::Pairs{Symbol,<:Any,<:Any,<:NamedTuple}, is_outermost) = print(io, "pairs(::NamedTuple)")
showarg(io::IO, p::Pairs{<:Any,<:Any,I,A}, is_outermost) where {I,A} = print(io, "Iterators.Pairs(::", A, ", ::", I, ")")
showarg(io::IO, a::Adjoint, is_outermost) = show_turned(io, "adjoint(", a, is_outermost)
showarg(io::IO, a::Transpose, is_outermost) = show_turned(io, "transpose(", a, is_outermost)
function show_turned(io, opening, a, is_outermost)
    print(io, opening)
    showarg(io, a.parent, false)
    print(io, ")")
    is_outermost && print(io, " with eltype ", eltype(a))
end
show_view_index(io, i) = show(io, i)
show_view_index(io, i::OneTo) = print(io, ":")
show_view_index(io, ::Colon) = print(io, ":")

function show(io::IO, ::TextPlain, a::AbstractArray)
    isempty(a) && (is_compact(io) || a isa Array{<:Any,1}) && return show(io, a)
    summary(io, a)
    isempty(a) && return nothing
    print(io, ":")
    show_circular(io, a) && return nothing
    # Numbers beside each other are cut to six digits.
    if !haskey(io, :compact) && size(a, 2) > 1
        io = with_property(io, :compact, true)
    end
    is_limited(io) && displaysize(io)[1] - 4 <= 0 && return print(io, " …")
    println(io)
    inner = with_property(with_property(io, :typeinfo, eltype(a)), :SHOWN_SET, a)
    if ndims(a) == 0
        is_unset(a, 1) ? print(io, "#undef") : show(inner, a[])
    else
        ndims(a) > 2 ? print_slices(inner, a) : print_matrix(inner, a, 0)
    end
    return nothing
end
show(io::IO, ::TextPlain, r::AbstractRange) = show(io, r)

# `[:, :, k] =` and the matrix, for each index beyond the second. A slice is known by how many elements lie before it.
function print_slices(io, a)
    per_slice = size(a, 1) * size(a, 2)
    n = div(length(a), per_slice)
    for k in 1:n
        print(io, "[:, :, ", slice_label(size(a), k), "] =\n")
        print_matrix(io, a, (k - 1) * per_slice)
        k < n && print(io, "\n\n")
    end
end
function slice_label(dims, k)
    label = ""
    left = k - 1
    for d in 3:length(dims)
        label = string(label, d > 3 ? ", " : "", left % dims[d] + 1)
        left = div(left, dims[d])
    end
    return label
end

const MATRIX_GAP = "  "
const COLUMN_DOTS = "  …  "
const DIAGONAL_DOTS = "  ⋱  "
# Every so many rows and columns the dots are repeated.
const DOTS_PERIOD = 5

# Columns in line, the part before and the part behind a decimal point each; with `:limit`, what does not fit on the
# screen is left out in the middle.
print_matrix(io::IO, a::AbstractArray) = print_matrix(with_property(io, :typeinfo, eltype(a)), a, 0)
function print_matrix(io, a, before)
    height, width = screen_for_matrix(io)
    m, n = size(a, 1), size(a, 2)
    rows = collect(1:m)
    half = div(height, 2)
    if m > height
        rows = [1:half; (m - div(height - 1, 2) + 1):m]
    end
    left = column_widths(io, a, before, rows, 1:n, width, width)
    right = Tuple{Int64,Int64}[]
    if length(left) < n
        to_right = div(width - textwidth(COLUMN_DOTS) + 1, 2) + 1
        right = reverse(column_widths(io, a, before, rows, n:-1:1, to_right, to_right))
        to_left = width - total_width(right) - (length(right) - 1) * 2 - textwidth(COLUMN_DOTS)
        left = column_widths(io, a, before, rows, 1:n, to_left, to_left)
    end
    for (k, i) in enumerate(rows)
        k > 1 && println(io)
        print(io, " ")
        print_row(io, a, before, left, i, 0, n)
        if !isempty(right)
            print(io, (i - 1) % DOTS_PERIOD == 0 ? COLUMN_DOTS : repeat(" ", textwidth(COLUMN_DOTS)))
            print_row(io, a, before, right, i, n - length(right), n)
        end
        m > height && k == half && print_dots(io, left, right, n)
    end
end
function screen_for_matrix(io)
    is_limited(io) || return (typemax(Int64), typemax(Int64))
    height, width = displaysize(io)
    return (height - 4, width - 1)
end
total_width(widths) = foldl((n, w) -> n + w[1] + w[2], widths; init = 0)
# The widths left and right of each column's point, of as many columns as fit.
function column_widths(io, a, before, rows, columns, limit, limit_otherwise)
    widths = Tuple{Int64,Int64}[]
    for j in columns
        l = 0
        r = 0
        for i in rows
            w = is_unset_at(a, i, j, before) ? (3, 3) : alignment(io, matrix_element(a, i, j, before))
            l = max(l, w[1])
            r = max(r, w[2])
        end
        push!(widths, (l, r))
        if length(widths) > 1 && total_width(widths) + 2 * length(widths) >= limit
            pop!(widths)
            break
        end
    end
    if 1 < length(widths) < size(a, 2)
        while total_width(widths) + 2 * length(widths) >= limit_otherwise
            pop!(widths)
        end
    end
    return widths
end
is_unset_at(a, i, j, before) = is_unset(a, before + i + (j - 1) * size(a, 1))
matrix_element(a::AbstractArray, i, j, before) = a[before + i + (j - 1) * size(a, 1)]
matrix_element(a::AbstractArray{T,2}, i, j, before) where {T} = a[i, j]
matrix_element(a::AbstractArray{T,1}, i, j, before) where {T} = a[i]
matrix_element(a::AbstractArray{T,0}, i, j, before) where {T} = a[]
function print_row(io, a, before, widths, i, skipped, n)
    for k in 1:length(widths)
        j = skipped + k
        unset = is_unset_at(a, i, j, before)
        w = unset ? (3, 3) : alignment(io, matrix_element(a, i, j, before))
        print(io, repeat(" ", widths[k][1] - w[1]), unset ? "#undef" : element_text(io, matrix_element(a, i, j, before)))
        j < n && print(io, repeat(" ", widths[k][2] - w[2]))
        k < length(widths) && print(io, MATRIX_GAP)
    end
end
# An element's form of several lines gives way to that of one line.
function element_text(io, x)
    text = written_in(io, show, (TextPlain(), x))
    return occursin("\n", text) ? line_text_of(io, x) : text
end
line_text_of(io, x) = written_in(io, show, (x,))
function print_dots(io, left, right, n)
    print(io, "\n ")
    print_dots_of(io, left, 1, !isempty(right))
    isempty(right) && return nothing
    print(io, DIAGONAL_DOTS)
    print_dots_of(io, right, mod(length(right) - n + 1, DOTS_PERIOD), false)
end
function print_dots_of(io, widths, at, pads_last)
    for k in 1:length(widths)
        w = widths[k][1] + widths[k][2]
        if k % DOTS_PERIOD == at
            before = max(0, widths[k][1] - 1)
            print(io, repeat(" ", before), "⋮")
            w = max(0, w - 1 - before)
        end
        k < length(widths) || pads_last ? print(io, repeat(" ", w)) : nothing
        k < length(widths) && print(io, MATRIX_GAP)
    end
end

# How much of an element's text stands left and right of the point by which its column is lined up.
alignment(io::IO, x) = (0, textwidth(line_text_of(io, x)))
alignment(io::IO, x::Number) = (textwidth(line_text_of(io, x)), 0)
alignment(io::IO, x::Integer) = (textwidth(line_text_of(io, x)), 0)
function alignment(io::IO, x::Real)
    text = line_text_of(io, x)
    return split_width(text, findfirst(c -> c in ".eEfF", text), 0)
end
function alignment(io::IO, x::Complex)
    text = line_text_of(io, x)
    return split_width(text, findlast(c -> c == ' ', text), 0)
end
function alignment(io::IO, x::Rational)
    text = line_text_of(io, x)
    return split_width(text, findfirst(c -> c == '/', text), 1)
end
function alignment(io::IO, p::Pair)
    text = line_text_of(io, p)
    is_told_by_halves(io, p) || return (0, textwidth(text))
    known = known_types(io, p)
    inner = with_property(io, :typeinfo, known === typeof(p) ? fieldtype(known, 1) : Any)
    before = textwidth(written_in(inner, show, (p.first,))) + (is_delimited(inner, p.first) ? 0 : 2) + (is_compact(io) ? 1 : 2)
    return (before, textwidth(text) - before)
end
split_width(text, ::Nothing, more) = (textwidth(text), 0)
split_width(text, at, more) = (n = length(text[1:prevind(text, at)]) + more; (n, length(text) - n))

# Columns a text takes on a screen.
textwidth(s::AbstractString) = foldl((n, c) -> n + textwidth(c), s; init = 0)
function textwidth(c::Char)
    u = codepoint(c)
    u < 0x0000007f && return u < 0x00000020 ? 0 : 1
    (0x00000300 <= u && u <= 0x0000036f || u == 0x0000200b || 0x0000fe00 <= u && u <= 0x0000fe0f) && return 0
    return is_wide(u) ? 2 : 1
end
const WIDE_RANGES = (
    (0x00001100, 0x0000115f), (0x00002e80, 0x0000303e), (0x00003041, 0x0000a4cf), (0x0000ac00, 0x0000d7a3),
    (0x0000f900, 0x0000faff), (0x0000fe30, 0x0000fe6f), (0x0000ff00, 0x0000ff60), (0x0000ffe0, 0x0000ffe6),
    (0x0001f300, 0x0001f64f), (0x0001f900, 0x0001f9ff), (0x00020000, 0x0003fffd),
)
is_wide(u) = u >= 0x00001100 && any(r -> r[1] <= u && u <= r[2], WIDE_RANGES)

function show(io::IO, ::TextPlain, d::AbstractDict)
    isempty(d) && return show(io, d)
    summary(io, d)
    print(io, ":")
    show_circular(io, d) && return nothing
    inner = with_property(io, :SHOWN_SET, d)
    for_keys = with_property(inner, :typeinfo, keytype(d))
    for_values = with_property(inner, :typeinfo, valtype(d))
    if is_limited(io)
        return print_limited_entries(io, d, for_keys, for_values)
    end
    for p in d
        print(io, "\n  ")
        show(for_keys, p.first)
        print(io, " => ")
        show(for_values, p.second)
    end
end
# Keys in a column as wide as the widest, texts cut to the screen.
function print_limited_entries(io, d, for_keys, for_values)
    height, width = displaysize(io)
    rows = height - 4
    rows < 1 && return print(io, " …")
    width = max(width, 12) - 6
    entries = Tuple{String,String}[]
    for p in d
        length(entries) == rows && break
        push!(entries, (written_in(for_keys, show, (p.first,)), written_in(for_values, show, (p.second,))))
    end
    key_width = min(width, foldl((n, e) -> max(n, textwidth(e[1])), entries; init = 0))
    value_width = min(width, foldl((n, e) -> max(n, textwidth(e[2])), entries; init = 0))
    if key_width > max(div(width, 2), width - value_width)
        key_width = max(cld(width, 3), width - value_width)
    end
    for i in 1:length(entries)
        print(io, "\n  ")
        if i == rows && rows < length(d)
            print(io, padded("⋮", key_width), " => ⋮")
        else
            print(io, padded(cut_to(entries[i][1], key_width), key_width), " => ", cut_to(entries[i][2], width - key_width))
        end
    end
end
padded(text, n) = string(text, repeat(" ", max(0, n - textwidth(text))))
function cut_to(text, n)
    textwidth(text) <= n && return text
    kept = ""
    for c in text
        textwidth(kept) + textwidth(c) > n - 1 && break
        kept = string(kept, c)
    end
    return string(kept, "…")
end

function show(io::IO, ::TextPlain, s::AbstractSet)
    isempty(s) && return show(io, s)
    summary(io, s)
    print(io, ":")
    show_circular(io, s) || print_items(io, s, with_property(with_property(io, :SHOWN_SET, s), :typeinfo, eltype(s)))
end
function show(io::IO, ::TextPlain, v::KeySet)
    summary(io, v)
    print(io, isempty(v) ? "" : ". Keys:")
    print_items(io, v, with_property(io, :typeinfo, eltype(v)))
end
function show(io::IO, ::TextPlain, v::ValueIterator)
    summary(io, v)
    print(io, isempty(v) ? "" : ". Values:")
    print_items(io, v, with_property(io, :typeinfo, eltype(v)))
end
function print_items(io, items, inner)
    height, width = displaysize(io)
    limited = is_limited(io)
    n = 0
    for x in items
        n += 1
        print(io, "\n  ")
        if limited && n == height - 4 && n < length(items)
            print(io, "⋮ ")
            break
        end
        limited ? print(io, cut_to(written_in(inner, show, (x,)), width - 2)) : show(inner, x)
    end
end

function show(io::IO, ::TextPlain, f::Function)
    is_compact(io) && return show(io, f)
    f isa Core.Builtin && return print(io, Core._function_name(f), " (built-in function)")
    n = length(methods(f))
    name = function_title(f)
    kind = startswith(name, "@") ? " (macro with " : " (generic function with "
    print(io, name, kind, n, n == 1 ? " method)" : " methods)")
end
show(io::IO, ::TextPlain, list::MethodList) = show(io, list)
# A closure that has a name is shown by its type, since the name is not bound.
function function_title(f)
    name = Core._function_name(f)
    is_named_closure = !startswith(name, "#") && count(c -> c == '#', String(nameof_type(typeof(f)))) > 1
    return is_named_closure ? string("(::", typeof(f), ")") : name
end

show(io::IO, ::TextPlain, s::AbstractString) = show(io, s)
function show(io::IO, ::TextPlain, c::Char)
    show(io, c)
    print(io, ": ")
    if ismalformed(c)
        print(io, "Malformed UTF-8")
    else
        code = String(lstrip(d -> d == '0', hexadecimal(decoded(c))))
        print(io, isoverlong(c) ? "[overlong] " : "", decoded(c) < 0x00000080 ? "ASCII/" : "")
        print(io, "Unicode U+", uppercase(lpad(code, 4, '0')))
    end
    category = isoverlong(c) ? category_code(Char(decoded(c))) : category_code(c)
    print(io, " (category ", CATEGORY_NAMES[category + 1], ")")
end
# By `category_code`, from 0 on.
const CATEGORY_NAMES = (
    "Cn: Other, not assigned", "Lu: Letter, uppercase", "Ll: Letter, lowercase", "Lt: Letter, titlecase",
    "Lm: Letter, modifier", "Lo: Letter, other", "Mn: Mark, nonspacing", "Mc: Mark, spacing combining",
    "Me: Mark, enclosing", "Nd: Number, decimal digit", "Nl: Number, letter", "No: Number, other",
    "Pc: Punctuation, connector", "Pd: Punctuation, dash", "Ps: Punctuation, open", "Pe: Punctuation, close",
    "Pi: Punctuation, initial quote", "Pf: Punctuation, final quote", "Po: Punctuation, other", "Sm: Symbol, math",
    "Sc: Symbol, currency", "Sk: Symbol, modifier", "So: Symbol, other", "Zs: Separator, space", "Zl: Separator, line",
    "Zp: Separator, paragraph", "Cc: Other, control", "Cf: Other, format", "Cs: Other, surrogate",
    "Co: Other, private use", "In: Invalid, too high", "Ma: Malformed, bad data",
)

# `MIME"text/plain"` is the type of `MIME("text/plain")`.
macro MIME_str(name)
    return :(MIME{$(QuoteNode(Symbol(name)))})
end
