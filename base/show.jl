# How values print. `show` writes what would make the value; `print` drops quotes from text.

show(x) = show(stdout, x)

show(io::IO, n::Int64) = print(io, Core._integer_to_string(n))
show(io::IO, n::BitSigned) = print(io, Core._integer_to_string(n))
show(io::IO, n::BitUnsigned) = print(io, string("0x", hexadecimal(n)))
print(io::IO, n::BitUnsigned) = print(io, Core._integer_to_string(n))
print(io::IO, n::Int64) = (write(io, Core._integer_to_string(n)); nothing)
print(io::IO, x::Float64) = (write(io, Core._float_to_string(x)); nothing)
show(io::IO, x::Float64) = print(io, Core._float_to_string(x))
show(io::IO, x::Float32) = print(io, Core._float32_to_string(x), is_plain_float(x) ? "f0" : "")
print(io::IO, x::Float32) = print(io, Core._float32_to_string(x))
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

show(io::IO, s::Symbol) = print(io, Core._is_identifier(s) ? string(":", s) : string("Symbol(", repr(String(s)), ")"))
show(io::IO, T::Type) = print(io, Core._type_string(T))
show(io::IO, f::Function) = print(io, Core._function_name(f))
show(io::IO, m::Module) = print(io, Core._module_name(m))

function show_items(io, items)
    is_first = true
    for x in items
        is_first || print(io, ", ")
        is_first = false
        show(io, x)
    end
end
function show_items(io, items::Array{Bool,1})
    for i in 1:length(items)
        i > 1 && print(io, ", ")
        print(io, items[i] ? "1" : "0")
    end
end

function show(io::IO, t::Tuple)
    print(io, "(")
    show_items(io, t)
    print(io, length(t) == 1 ? ",)" : ")")
end

# The element type is written only where the elements do not tell it.
function show(io::IO, a::Array{T,1}) where {T}
    (isempty(a) || !is_told_by_elements(T)) && print(io, T)
    print(io, "[")
    show_items(io, a)
    print(io, "]")
end
is_told_by_elements(::Type{T}) where {T} = T === Int64 || T === Float64 || T === String || T === Char || T === Symbol || T === Nothing
is_told_by_elements(::Type{Array{T,N}}) where {T,N} = is_told_by_elements(T)
is_told_by_elements(::Type{Tuple{A}}) where {A} = is_told_by_elements(A)
is_told_by_elements(::Type{Tuple{A,B}}) where {A,B} = is_told_by_elements(A) && is_told_by_elements(B)
is_told_by_elements(::Type{Tuple{A,B,C}}) where {A,B,C} = is_told_by_elements(A) && is_told_by_elements(B) && is_told_by_elements(C)
isconcretetype(T) = Core._is_concrete(T)

function show(io::IO, a::Array{T,2}) where {T}
    is_told_by_elements(T) || print(io, T)
    print(io, "[")
    for i in 1:size(a, 1)
        i > 1 && print(io, "; ")
        for j in 1:size(a, 2)
            j > 1 && print(io, " ")
            show(io, a[i, j])
        end
    end
    print(io, "]")
end

show(io::IO, r::UnitRange) = (show(io, r.start); print(io, ":"); show(io, r.stop))
show(io::IO, r::StepRange) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, r.stop))
show(io::IO, r::StepRangeLen) = (show(io, r.start); print(io, ":"); show(io, r.step); print(io, ":"); show(io, last(r)))
show(io::IO, p::Pair) = (show(io, p.first); print(io, " => "); show(io, p.second))

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
summary(s::String) = string(ncodeunits(s), "-codeunit String")
