# How values print. `show` writes what would make the value; `print` drops quotes from text.

show(x) = show(stdout, x)

show(io::IO, n::Int64) = print(io, Core._integer_to_string(n))
show(io::IO, n::BitSigned) = print(io, Core._integer_to_string(n))
show(io::IO, n::BitUnsigned) = print(io, string("0x", hexadecimal(n)))
print(io::IO, n::BitUnsigned) = print(io, Core._integer_to_string(n))
print(io::IO, n::Int64) = (write(io, Core._integer_to_string(n)); nothing)
print(io::IO, x::Float64) = (write(io, Core._float_to_string(x)); nothing)
show(io::IO, x::Float64) = print(io, Core._float_to_string(x))
# A Float32 is told from a Float64 by `f0`, or by `f` in place of the exponent's `e`.
function show(io::IO, x::Float32)
    isnan(x) && return print(io, "NaN32")
    isinf(x) && return print(io, x < 0f0 ? "-Inf32" : "Inf32")
    print(io, Core._float32_to_string(x), is_plain_float(x) ? "f0" : "")
end
print(io::IO, x::Float32) = print(io, isfinite(x) ? replace(Core._float32_to_string(x), 'f' => 'e') : Core._float32_to_string(x))
function show(io::IO, x::Float16)
    isnan(x) && return print(io, "NaN16")
    isinf(x) && return print(io, x < 0 ? "-Inf16" : "Inf16")
    print(io, "Float16(", Core._float16_to_string(x), ")")
end
print(io::IO, x::Float16) = print(io, Core._float16_to_string(x))
show_in(io, x::Float16, ::Type{Float16}) = print(io, x)
is_plain_float(x) = isfinite(x) && !occursin("f", Core._float32_to_string(x))
show(io::IO, b::Bool) = print(io, b ? "true" : "false")
show(io::IO, ::Nothing) = print(io, "nothing")

function hexadecimal(n::T) where {T<:BitUnsigned}
    text = ""
    for k in 1:(2 * Core.sizeof(T))
        digit = convert(Int64, n & convert(T, 15))
        text = string(digit < 10 ? '0' + digit : 'a' + (digit - 10), text)
        n = n >> 4
    end
    return text
end

show(io::IO, c::Char) = print(io, "'", escaped(c, '\''), "'")
function show(io::IO, s::String)
    print(io, "\"")
    for c in s
        print(io, c == '$' ? "\\\$" : escaped(c, '"'))
    end
    print(io, "\"")
end
function escaped(c, quoting)
    c == quoting && return string('\\', c)
    c == '\\' && return "\\\\"
    c == '\n' && return "\\n"
    c == '\t' && return "\\t"
    c == '\r' && return "\\r"
    c == '\0' && return "\\0"
    c == '\e' && return "\\e"
    c == '\a' && return "\\a"
    c == '\b' && return "\\b"
    c == '\f' && return "\\f"
    c == '\v' && return "\\v"
    c < ' ' || c == '\x7f' ? string("\\x", two_digits(codepoint(c))) : string(c)
end
two_digits(u::UInt32) = hexadecimal(trunc_int(UInt8, u))

function show(io::IO, s::Symbol)
    if s in (:(:), :(::), :(:=), :(=), :(==), :(===), :(=>))
        print(io, ":(", s, ")")
    else
        print(io, Core._is_identifier(s) ? string(":", s) : string("Symbol(", repr(String(s)), ")"))
    end
end
show(io::IO, T::Type) = print(io, Core._type_string(T))
show(io::IO, f::Function) = print(io, Core._function_name(f))
show(io::IO, m::Module) = print(io, Core._module_name(m))

# An element of a collection whose element type is written before it, or known otherwise: what that type says already is
# left out.
show_in(io, x, T) = show(io, x)
show_in(io, x::Bool, ::Type{Bool}) = print(io, x ? "1" : "0")
show_in(io, x::Float32, ::Type{Float32}) = print(io, Core._float32_to_string(x))
show_in(io, a::Array, ::Type{A}) where {A<:Array} = typeof(a) === A ? show_array(io, a) : show(io, a)
show_in(io, t::Tuple, ::Type{T}) where {T<:Tuple} = typeof(t) === T ? show_tuple(io, t, fieldtypes(T)) : show(io, t)
show_in(io, p::Pair, ::Type{Pair{A,B}}) where {A,B} = show_pair(io, p, A, B)

function show(io::IO, t::Tuple)
    show_tuple(io, t, map(x -> Any, t))
end
function show_tuple(io, t, types)
    print(io, "(")
    for i in 1:length(t)
        i > 1 && print(io, ", ")
        show_in(io, t[i], types[i])
    end
    print(io, length(t) == 1 ? ",)" : ")")
end
function show(io::IO, t::NamedTuple{names}) where {names}
    isempty(names) && return print(io, "NamedTuple()")
    print(io, "(")
    for i in 1:length(t)
        i > 1 && print(io, ", ")
        print(io, name_text(names[i]), " = ")
        show(io, t[i])
    end
    print(io, length(t) == 1 ? ",)" : ")")
end
name_text(name) = Core._is_identifier(name) ? String(name) : string("var", repr(String(name)))

# The element type is written only where the elements do not tell it.
function show(io::IO, a::AbstractArray{T}) where {T}
    (isempty(a) || !is_told_by_elements(T)) && print(io, T)
    show_array(io, a)
end
function show_array(io, a::AbstractArray{T,1}) where {T}
    print(io, "[")
    for i in 1:length(a)
        i > 1 && print(io, ", ")
        is_unset(a, i) ? print(io, "#undef") : show_in(io, a[i], T)
    end
    print(io, "]")
end
is_unset(a, i) = false
is_unset(a::Array, i) = !Core._array_isassigned(a, i)
function show_array(io, a::AbstractArray{T,2}) where {T}
    isempty(a) && return print(io, "(undef, ", size(a, 1), ", ", size(a, 2), ")")
    print(io, "[")
    for i in 1:size(a, 1)
        i > 1 && print(io, "; ")
        for j in 1:size(a, 2)
            j > 1 && print(io, " ")
            show_in(io, a[i, j], T)
        end
    end
    print(io, "]")
end
function show(io::IO, a::AbstractArray{T,2}) where {T}
    isempty(a) ? print(io, "Matrix{", T, "}") : is_told_by_elements(T) || print(io, T)
    show_array(io, a)
end
is_told_by_elements(::Type{T}) where {T} = T === Int64 || T === Float64 || T === String || T === Char || T === Symbol || is_singleton_type(T) || is_told_compound(T)
is_singleton_type(T) = isconcretetype(T) && isdefined(T, :instance)
is_told_compound(::Type) = false
is_told_compound(::Type{Array{T,N}}) where {T,N} = isconcretetype(Array{T,N}) && is_told_by_elements(T)
is_told_compound(::Type{T}) where {T<:Tuple} = isconcretetype(T) && all(is_told_by_elements, fieldtypes(T))
is_told_compound(::Type{T}) where {T<:NamedTuple} = isconcretetype(T) && all(is_told_by_elements, fieldtypes(T))
is_told_compound(::Type{Pair{A,B}}) where {A,B} = is_told_by_elements(A) && is_told_by_elements(B)
is_told_compound(::Type{Dict{K,V}}) where {K,V} = is_told_by_elements(K) && is_told_by_elements(V)

function show(io::IO, d::Dict{K,V}) where {K,V}
    isempty(d) && return print(io, typeof(d), "()")
    print(io, is_told_by_elements(typeof(d)) ? "Dict" : typeof(d), "(")
    is_first = true
    for p in d
        is_first || print(io, ", ")
        is_first = false
        show_pair(io, p, K, V)
    end
    print(io, ")")
end
function show(io::IO, s::Set{T}) where {T}
    isempty(s) && return print(io, typeof(s), "()")
    print(io, "Set(")
    show(io, collect(s))
    print(io, ")")
end
function show(io::IO, v::KeySet)
    print(io, "[")
    join_shown(io, v)
    print(io, "]")
end
function show(io::IO, v::ValueIterator)
    print(io, "[")
    join_shown(io, v)
    print(io, "]")
end
function join_shown(io, items)
    is_first = true
    for x in items
        is_first || print(io, ", ")
        is_first = false
        show(io, x)
    end
end
show(io::IO, g::Generator) = print(io, "Base.Generator{", typeof(g.f), ", ", typeof(g.iter), "}(", g.f, ", ", g.iter, ")")
show(io::IO, r::RefValue) = (print(io, "Base.", typeof(r), "("); show(io, r.x); print(io, ")"))
show(io::IO, c::ComposedFunction) = print(io, c.outer, " ∘ ", c.inner)

show(io::IO, r::OneTo) = print(io, "Base.OneTo(", r.stop, ")")
show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ":"); show(io, r.stop))
show(io::IO, r::StepRange) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, r.stop))
show(io::IO, r::StepRangeLen) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, last(r)))
show(io::IO, p::Pair{A,B}) where {A,B} = show_pair(io, p, A, B)
# A pair whose first half is a pair is put in parentheses.
function show_pair(io, p, A, B)
    show_half(io, p.first, A)
    print(io, " => ")
    show_half(io, p.second, B)
end
show_half(io, x, T) = show_in(io, x, T)
show_half(io, x::Pair, T) = (print(io, "("); show(io, x); print(io, ")"))

# Any other object: its type and its fields.
function show(io::IO, x)
    print(io, typeof(x), "(")
    for i in 1:nfields(x)
        i > 1 && print(io, ", ")
        Core._field_is_defined(x, i) ? show(io, getfield(x, i)) : print(io, "#undef")
    end
    print(io, ")")
end

summary(x) = string(typeof(x))
summary(a::Array{T,1}) where {T} = string(length(a), "-element ", typeof(a))
summary(a::Array{T,2}) where {T} = string(size(a, 1), "×", size(a, 2), " ", typeof(a))
summary(r::AbstractRange) = string(length(r), "-element ", typeof(r))
summary(s::AbstractString) = string(ncodeunits(s), "-codeunit ", typeof(s))
