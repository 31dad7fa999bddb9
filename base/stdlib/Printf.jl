# `Printf`: text from numbers by a format, as in C. The format is read when the macro is expanded.

module Printf

export @printf, @sprintf

# One `%...` of a format.
struct Spec
    minus::Bool
    plus::Bool
    space::Bool
    zero::Bool
    alternative::Bool
    # -1: an argument of its own gives it; -2: none is given.
    width::Int64
    precision::Int64
    kind::Char
end

# The parts of a format: texts and specs.
function parts_of(format)
    parts = Any[]
    text = IOBuffer()
    chars = collect(format)
    n = length(chars)
    i = 1
    while i <= n
        if chars[i] != '%'
            print(text, chars[i])
            i += 1
        elseif i < n && chars[i + 1] == '%'
            print(text, '%')
            i += 2
        else
            literal = String(take!(text))
            isempty(literal) || push!(parts, literal)
            spec, i = spec_at(chars, i + 1)
            push!(parts, spec)
        end
    end
    literal = String(take!(text))
    isempty(literal) || push!(parts, literal)
    return parts
end

function spec_at(chars, i)
    n = length(chars)
    minus = plus = space = zero = alternative = false
    while i <= n && chars[i] in ('-', '+', ' ', '0', '#')
        c = chars[i]
        minus |= c == '-'
        plus |= c == '+'
        space |= c == ' '
        zero |= c == '0'
        alternative |= c == '#'
        i += 1
    end
    width, i = number_at(chars, i)
    precision = -2
    if i <= n && chars[i] == '.'
        precision, i = number_at(chars, i + 1)
        precision == -2 && (precision = 0)
    end
    while i <= n && chars[i] in ('h', 'l', 'L', 'q', 'j', 'z', 't')
        i += 1
    end
    i <= n || throw(ArgumentError("incomplete format string"))
    chars[i] in ('d', 'i', 'u', 's', 'c', 'f', 'F', 'e', 'E', 'g', 'G', 'x', 'X', 'o', 'p', 'a', 'A') ||
        throw(ArgumentError(string("invalid format string: '", chars[i], "' is no conversion")))
    return Spec(minus, plus, space, zero, alternative, width, precision, chars[i]), i + 1
end
function number_at(chars, i)
    i <= length(chars) && chars[i] == '*' && return -1, i + 1
    number = -2
    while i <= length(chars) && isdigit(chars[i])
        number = 10 * max(number, 0) + (chars[i] - '0')
        i += 1
    end
    return number, i
end

# How many arguments a spec takes.
n_arguments(text::String) = 0
n_arguments(spec::Spec) = 1 + (spec.width == -1) + (spec.precision == -1)

# A format as a value: `Printf.Format("%d")`, `Printf.format(f, 1)`.
struct Format
    parts::Vector{Any}
end
Format(format::AbstractString) = Format(parts_of(String(format)))
function format(f::Format, args...)
    io = IOBuffer()
    write_all(io, f.parts, args)
    return String(take!(io))
end
format(io::IO, f::Format, args...) = write_all(io, f.parts, args)

function write_all(io, parts, args)
    expected = sum(n_arguments, parts; init=0)
    expected == length(args) || throw(ArgumentError(string("mismatch between # of format specifiers and provided args: ", expected, " != ", length(args))))
    k = 1
    for part in parts
        if part isa String
            print(io, part)
            continue
        end
        width, precision = part.width, part.precision
        width == -1 && (width = args[k]; k += 1)
        precision == -1 && (precision = args[k]; k += 1)
        minus = part.minus || width != -2 && width < 0
        print(io, padded(part, minus, abs(width == -2 ? 0 : width), converted(part, precision, args[k])))
        k += 1
    end
    return nothing
end

# Sign and digits of an argument.
function converted(spec, precision, x)
    kind = spec.kind
    kind == 's' && return "", precision == -2 ? string(x) : first(string(x), precision)
    kind == 'c' && return "", string(x isa Char ? x : Char(x))
    kind == 'p' && return "", string("0x", string(UInt64(x); base=16, pad=16))
    kind in ('d', 'i', 'u') && return integer_text(spec, precision, x)
    kind in ('x', 'X', 'o') && return based_text(spec, precision, x)
    return float_text(spec, precision, float(x))
end

sign_text(spec, is_negative) = is_negative ? "-" : spec.plus ? "+" : spec.space ? " " : ""

function integer_text(spec, precision, x)
    x isa AbstractFloat && !isinteger(x) && return float_text(Spec(spec.minus, spec.plus, spec.space, spec.zero, spec.alternative, spec.width, 0, 'f'), precision == -2 ? 6 : precision, x)
    n = x isa Integer ? x : Int64(x)
    digits = string(n)
    is_negative = startswith(digits, "-")
    is_negative && (digits = digits[2:end])
    return sign_text(spec, is_negative), lpad(digits, max(precision, 0), '0')
end
function based_text(spec, precision, x)
    n = x isa Integer ? x : Int64(x)
    base = spec.kind == 'o' ? 8 : 16
    digits = lpad(string(abs(n); base=base), max(precision, 0), '0')
    prefix = !spec.alternative ? "" : base == 8 ? "0" : "0x"
    spec.kind == 'X' && return sign_text(spec, n < 0) * uppercase(prefix), uppercase(digits)
    return sign_text(spec, n < 0) * prefix, digits
end

function float_text(spec, precision, x)
    is_negative = signbit(x) && !isnan(x)
    sign = sign_text(spec, is_negative)
    isnan(x) && return sign, "NaN"
    isinf(x) && return sign, "Inf"
    kind = lowercase(spec.kind)
    digits = precision == -2 ? 6 : precision
    x = abs(Float64(x))
    text = if kind == 'f'
        fixed(x, digits, spec.alternative)
    elseif kind == 'e'
        scientific(x, digits, spec.alternative)
    elseif kind == 'a'
        throw(ArgumentError("the conversion %a is not supported yet"))
    else
        general(x, max(digits, 1), spec.alternative)
    end
    return sign, isuppercase(spec.kind) ? uppercase(text) : text
end
fixed(x, digits, point) = string(Core._format_float(x, false, digits), point && digits == 0 ? "." : "")
function scientific(x, digits, point)
    mantissa, exponent = split(Core._format_float(x, true, digits), 'e')
    n = parse(Int64, exponent)
    return string(mantissa, point && digits == 0 ? "." : "", "e", n < 0 ? "-" : "+", lpad(string(abs(n)), 2, '0'))
end
# The shorter of both, without zeros at the end.
function general(x, digits, keeps_zeros)
    exponent = x == 0.0 ? 0 : parse(Int64, split(Core._format_float(x, true, digits - 1), 'e')[2])
    if exponent < -4 || exponent >= digits
        mantissa, rest = split(scientific(x, digits - 1, keeps_zeros), 'e')
        return string(keeps_zeros ? mantissa : without_zeros(mantissa), "e", rest)
    end
    text = fixed(x, digits - 1 - exponent, keeps_zeros)
    return keeps_zeros ? text : without_zeros(text)
end
without_zeros(text) = occursin('.', text) ? rstrip(rstrip(text, '0'), '.') : text

function padded(spec, minus, width, converted)
    sign, body = converted
    missing_chars = width - length(sign) - length(body)
    missing_chars <= 0 && return string(sign, body)
    minus && return string(sign, body, repeat(" ", missing_chars))
    is_number = !(spec.kind in ('s', 'c')) && !(body in ("NaN", "Inf"))
    spec.zero && is_number && return string(sign, repeat("0", missing_chars), body)
    return string(repeat(" ", missing_chars), sign, body)
end

macro sprintf(format, args...)
    format isa String || throw(ArgumentError("@sprintf: first argument must be a format string"))
    return :(sprintf_parts($(checked_parts("@sprintf", format, args)), $(map(esc, args)...)))
end
macro printf(first, rest...)
    first isa String && return :(write_all(stdout, $(checked_parts("@printf", first, rest)), ($(map(esc, rest)...),)))
    length(rest) >= 1 && rest[1] isa String || throw(ArgumentError("@printf: first or second argument must be a format string"))
    args = rest[2:length(rest)]
    return :(write_all($(esc(first)), $(checked_parts("@printf", rest[1], args)), ($(map(esc, args)...),)))
end
# A splatted argument is counted when the code runs.
function checked_parts(name, format, args)
    parts = parts_of(format)
    expected = sum(n_arguments, parts; init=0)
    splats = any(arg -> Meta.isexpr(arg, :...), args)
    splats || expected == length(args) || throw(ArgumentError(string("mismatch between # of format specifiers and provided args: ", expected, " != ", length(args))))
    return parts
end
function sprintf_parts(parts, args...)
    io = IOBuffer()
    write_all(io, parts, args)
    return String(take!(io))
end

end
