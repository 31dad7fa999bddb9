# How single values print. `show` writes what would make the value; `print` drops quotes from text. Collections are in
# show_collections.jl, the several-line forms of the prompt in show_display.jl, expressions in show_expressions.jl.

show(x) = show(stdout, x)

show(io::IO, n::BitSigned) = print(io, n)
show(io::IO, n::BitUnsigned) = print(io, "0x", hexadecimal(n))
print(io::IO, n::BitUnsigned) = print(io, Core._integer_to_string(n))
print(io::IO, n::BitSigned) = (write(io, Core._integer_to_string(n)); nothing)
show(io::IO, b::Bool) = print(io, get(io, :typeinfo, Any) === Bool ? (b ? "1" : "0") : b ? "true" : "false")
print(io::IO, b::Bool) = show(io, b)
show(io::IO, ::Nothing) = print(io, "nothing")

show(io::IO, x::Float64) = (write(io, is_compact(io) ? compact_text(x) : Core._float_to_string(x)); nothing)
print(io::IO, x::Float64) = show(io, x)
# A Float32 is told from a Float64 by `f0`, or by `f` in place of the exponent's `e`; not where its type is known.
function show(io::IO, x::Float32)
    is_compact(io) && return print(io, replace(compact_text(convert(Float64, x), float32_digits(x)), 'e' => 'f'))
    get(io, :typeinfo, Any) === Float32 && return print(io, Core._float32_to_string(x))
    isnan(x) && return print(io, "NaN32")
    isinf(x) && return print(io, x < 0f0 ? "-Inf32" : "Inf32")
    print(io, Core._float32_to_string(x), is_plain_float(x) ? "f0" : "")
end
function show(io::IO, x::Float16)
    (is_compact(io) || get(io, :typeinfo, Any) === Float16) && return print(io, x)
    isnan(x) && return print(io, "NaN16")
    isinf(x) && return print(io, x < 0 ? "-Inf16" : "Inf16")
    print(io, "Float16(", Core._float16_to_string(x), ")")
end
print(io::IO, x::Float16) = print(io, Core._float16_to_string(x))
function print(io::IO, x::Float32)
    text = float32_digits(x)
    write(io, is_compact(io) ? compact_text(convert(Float64, x), text) : text)
    return nothing
end
float32_digits(x) = isfinite(x) ? replace(Core._float32_to_string(x), 'f' => 'e') : Core._float32_to_string(x)
is_plain_float(x) = isfinite(x) && !occursin("f", Core._float32_to_string(x))

# At most six significant digits, the last one rounded.
compact_text(x::Float64) = compact_text(x, Core._float_to_string(x))
function compact_text(x::Float64, text::String)
    digits, point = decimal_digits(text)
    (isfinite(x) && length(digits) > 6) || return text
    whole = parse(Int64, digits[1:6])
    whole += rounds_up(abs(x), whole, 6 - point, digits)
    whole == 1000000 && (point += 1; whole = 100000)
    sign = signbit(x) ? "-" : ""
    # Six digits before the point are written out if they are the number, all but a twentieth.
    point == 6 && abs(mod(abs(x) + 0.05, 1.0) - 0.05) <= 0.05 && return string(sign, whole, ".0")
    kept = String(rstrip(c -> c == '0', string(whole)))
    return string(sign, placed_digits(kept, point))
end
# The digits without leading and trailing zeros, and where among them the point is.
function decimal_digits(text)
    mantissa, exponent = occursin("e", text) ? split(text, 'e') : (text, "0")
    mantissa = replace(String(mantissa), '-' => "")
    occursin(".", mantissa) || return ("", 0)
    whole, fraction = split(mantissa, '.')
    all_digits = string(whole, fraction)
    shown = String(lstrip(c -> c == '0', all_digits))
    point = length(whole) - (length(all_digits) - length(shown)) + parse(Int64, String(exponent))
    return (String(rstrip(c -> c == '0', shown)), point)
end
# Whether the number lies above the middle between `whole` and the next, both times ten to the minus `shift`: exactly,
# since the digits themselves are rounded.
function rounds_up(x, whole, shift, digits)
    digits[7] == '5' && length(digits) == 7 || return digits[7] >= '5'
    abs(shift) > 22 && return isodd(whole)
    middle = convert(Float64, whole) + 0.5
    power = 10.0^abs(shift)
    a, b = shift >= 0 ? (x, middle) : (middle, x)
    high = a * power
    low = fma(a, power, -high)
    difference = (high - b) + low
    difference == 0.0 && return isodd(whole)
    return (difference > 0.0) == (shift >= 0)
end
# Digits that stand for more than they show need the exponent.
function placed_digits(digits, point)
    n = length(digits)
    if -5 < point - 1 && point < n
        point <= 0 && return string("0.", repeat("0", -point), digits)
        return string(digits[1:point], ".", digits[(point + 1):n])
    end
    return string(digits[1:1], ".", n == 1 ? "0" : digits[2:n], "e", point - 1)
end

function hexadecimal(n::T) where {T<:BitUnsigned}
    text = ""
    for k in 1:(2 * Core.sizeof(T))
        digit = convert(Int64, n & convert(T, 15))
        text = string(digit < 10 ? '0' + digit : 'a' + (digit - 10), text)
        n = n >> 4
    end
    return text
end
short_hexadecimal(n) = (text = String(lstrip(c -> c == '0', hexadecimal(n))); isempty(text) ? "0" : text)

show(io::IO, c::Char) = print(io, "'", escaped_character(c), "'")
escaped_character(c::Char) = c == '\'' ? "\\'" : c == '\\' ? "\\\\" : escaped(c, '\0')
show(io::IO, s::AbstractString) = print(io, "\"", escape_quoted(String(s)), "\"")

escape_quoted(s::String) = escape_text(s, "\"\$")
# Text with every character that cannot be seen, and those asked for, written as an escape.
escape_string(s::AbstractString) = escape_text(String(s), "\"")
escape_string(s::AbstractString, characters) = escape_text(String(s), characters)
escape_string(io::IO, s::AbstractString) = print(io, escape_string(s))
escape_string(io::IO, s::AbstractString, characters) = print(io, escape_string(s, characters))
function escape_text(s::String, characters)
    io = IOBuffer()
    i = 1
    n = ncodeunits(s)
    while i <= n
        c, after = iterate(s, i)
        following = after <= n ? s[after] : ' '
        if c == '\\' || c in characters
            write(io, "\\")
            write(io, c)
        else
            write(io, escaped(c, following))
        end
        i = after
    end
    return take_string!(io)
end
const NAMED_ESCAPES = ("\\a", "\\b", "\\t", "\\n", "\\v", "\\f", "\\r")
# A short escape must not take in the character that follows.
function escaped(c::Char, following::Char)
    is_well_formed(c) || return malformed_escape(c)
    u = codepoint(c)
    c == '\0' && return '0' <= following && following <= '7' ? "\\x00" : "\\0"
    c == '\e' && return "\\e"
    '\a' <= c && c <= '\r' && return NAMED_ESCAPES[convert(Int64, u) - 6]
    isprint(c) && return char_string(c)
    u <= 0x0000007f && return string("\\x", lpad(short_hexadecimal(u), 2, '0'))
    u <= 0x0000ffff && return string("\\u", lpad(short_hexadecimal(u), isxdigit(following) ? 4 : 2, '0'))
    return string("\\U", lpad(short_hexadecimal(u), isxdigit(following) ? 8 : 4, '0'))
end
# The bytes of what is no character by itself.
function malformed_escape(c::Char)
    bits = bitcast(UInt32, c)
    text = ""
    for k in 0:(ncodeunits(c) - 1)
        text = string(text, "\\x", hexadecimal(trunc_int(UInt8, bits >> (24 - 8 * k))))
    end
    return text
end

# In a raw string only quotes, and backslashes before them, are escaped.
function escape_raw_string(s::AbstractString)
    io = IOBuffer()
    backslashes = 0
    for c in s
        if c == '\\'
            backslashes += 1
        else
            c == '"' && write(io, repeat("\\", backslashes + 1))
            backslashes = 0
        end
        write(io, c)
    end
    write(io, repeat("\\", backslashes))
    return take_string!(io)
end

# A symbol as it is quoted in a program: `:name`, `:+`, `:(=)`, `Symbol("a b")`.
function show(io::IO, s::Symbol)
    if needs_quoting(s)
        print(io, ":(", s, ")")
    elseif isidentifier(s) || isoperator(s)
        print(io, ":", s)
    else
        print(io, "Symbol(", repr(String(s)), ")")
    end
end
needs_quoting(s::Symbol) = s in (:(:), :(::), :(:=), :(=), :(==), :(===), :(=>))
name_text(name::Symbol) = isidentifier(name) || isoperator(name) ? String(name) : string("var", repr(String(name)))

# A variable alone says its bounds.
show(io::IO, T::Union{Type,TypeVar,Core.TypeofVararg}) = print(io, Core._type_string(T))
show(io::IO, name::Core.TypeName) = print(io, "typename(", name.wrapper, ")")
# A function that a global of its name holds is shown by that name, as far as it must be qualified from outside; others
# as the objects they are. Printed, each is its name.
function show(io::IO, f::Function)
    T = typeof(f)
    is_compact(io) && return print(io, f)
    is_named_function(T) || return show_default(io, f)
    home = Core._parentmodule(T)
    name = function_symbol(T)
    home = home === nothing ? Core : home
    is_known_name(home, name) || print(io, home, ".")
    print(io, name)
end
function print(io::IO, f::Function)
    is_type_of_function(typeof(f)) ? write(io, Core._function_name(f)) : show(io, f)
    return nothing
end
# Not a struct below `Function`.
is_type_of_function(T) = startswith(String(Core._typename_symbol(T)), "#") || T <: Core.Builtin
# Whether a program can write a module's name alone: what `Main` holds, and the standard modules' exports.
function is_known_name(home, name)
    while home !== Base && home !== Core
        above = parentmodule(home)
        above === home && return true
        nameof(above) === :Main && return false
        home = above
    end
    return isexported(home, name)
end
show(io::IO, m::Module) = print(io, Core._module_name(m))
function show(io::IO, x::Float16)
    (is_compact(io) || get(io, :typeinfo, Any) === Float16) && return print(io, x)
    isnan(x) && return print(io, "NaN16")
    isinf(x) && return print(io, x < 0 ? "-Inf16" : "Inf16")
    print(io, "Float16(", Core._float16_to_string(x), ")")
end
print(io::IO, x::Float16) = print(io, Core._float16_to_string(x))
function print(io::IO, x::Float32)
    text = float32_digits(x)
    write(io, is_compact(io) ? compact_text(convert(Float64, x), text) : text)
    return nothing
end
# Operators in parentheses, and functions composed first; `!` of a function as it is written.
function show(io::IO, c::ComposedFunction)
    c.outer isa ComposedFunction ? show(io, c.outer) : show_composed(io, c.outer)
    print(io, " ∘ ")
    show_composed(io, c.inner)
end
show(io::IO, c::ComposedFunction{typeof(!)}) = (print(io, '!'); show_composed(io, c.inner))
show_composed(io::IO, f) = show(io, f)
show_composed(io::IO, f::Function) = isoperator(nameof(f)) ? print(io, "(", f, ")") : show(io, f)
show_composed(io::IO, c::ComposedFunction) = print(io, "(", c, ")")
show_composed(io::IO, c::ComposedFunction{typeof(!)}) = show(io, c)

# Any other object: its type and its fields; of a primitive type its bytes.
show(io::IO, x) = show_default(io, x)
function show_default(io::IO, x)
    T = typeof(x)
    show(io, T)
    print(io, "(")
    if nfields(x) == 0 && Core.sizeof(x) in (1, 2, 4, 8, 16)
        print(io, "0x", hexadecimal_bytes(x))
    elseif !show_circular(io, x)
        inner = with_property(with_property(io, :SHOWN_SET, x), :typeinfo, Any)
        for i in 1:nfields(x)
            i > 1 && print(io, ", ")
            Core._field_is_defined(x, i) ? show(inner, getfield(x, i)) : print(io, "#undef")
        end
    end
    print(io, ")")
end
hexadecimal_bytes(x) = hexadecimal(bits_of_size(x, Val(Core.sizeof(x))))
bits_of_size(x, ::Val{1}) = bitcast(UInt8, x)
bits_of_size(x, ::Val{2}) = bitcast(UInt16, x)
bits_of_size(x, ::Val{4}) = bitcast(UInt32, x)
bits_of_size(x, ::Val{8}) = bitcast(UInt64, x)
bits_of_size(x, ::Val{16}) = bitcast(UInt128, x)

# Whether an object is shown inside itself: then only how many levels up it began. A circle has a mutable object in it, and
# only those are compared: two immutable ones are told apart by all that they hold.
show_circular(io::IO, x) = false
function show_circular(io::IOContext, x)
    ismutable(x) || x isa AbstractSet || return false
    depth = 1
    at = io.shown
    while at !== nothing && depth <= LONGEST_CIRCLE
        if at.value === x
            print(io, "#= circular reference @-", depth, " =#")
            return true
        end
        depth += 1
        at = at.outer
    end
    return false
end
const LONGEST_CIRCLE = 1000
