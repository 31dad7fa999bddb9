# Numbers from text.

# The value of a digit in a base: up to base 36 letters of both cases are one.
function digit_value(c::Char, base)
    '0' <= c && c <= '9' && return c - '0'
    'A' <= c && c <= 'Z' && return c - 'A' + 10
    'a' <= c && c <= 'z' && return c - 'a' + (base <= 36 ? 10 : 36)
    return 99
end
check_base(base) = 2 <= base <= 62 ? convert(Int64, base) : throw(ArgumentError(string("invalid base: base must be 2 ≤ base ≤ 62, got ", base)))

# A digit.
function parse(::Type{T}, c::Char; base::Integer = 10) where {T<:Integer}
    digit = digit_value(c, check_base(base))
    digit < base || throw(ArgumentError(string("invalid base ", base, " digit ", repr(c))))
    return convert(T, digit)
end
function tryparse(::Type{T}, c::Char; base::Integer = 10) where {T<:Integer}
    digit = digit_value(c, check_base(base))
    return digit < base ? convert(T, digit) : nothing
end

parse(::Type{T}, s::AbstractString; base = nothing) where {T<:Integer} = parse_integer(T, String(s), base, true)
tryparse(::Type{T}, s::AbstractString; base = nothing) where {T<:Integer} = parse_integer(T, String(s), base, false)
parse(::Type{Integer}, s::AbstractString; base = nothing) = parse(Int64, s, base = base)
tryparse(::Type{Integer}, s::AbstractString; base = nothing) = tryparse(Int64, s, base = base)

# `throws` says whether text that is no such number is an error or `nothing`.
function parse_integer(::Type{T}, s::String, base, throws) where {T}
    # The sign, a prefix that tells the base, digits; blanks around them.
    first_at = 1
    n = ncodeunits(s)
    while first_at <= n && isspace(s[first_at])
        first_at = nextind(s, first_at)
    end
    last_at = lastindex(s)
    while last_at >= first_at && isspace(s[last_at])
        last_at = prevind(s, last_at)
    end
    base === nothing || check_base(base)
    if first_at > last_at
        return throws ? throw(ArgumentError("input string is empty or only contains whitespace")) : nothing
    end
    is_negative = s[first_at] == '-' && !(T <: Unsigned)
    i = is_negative || (s[first_at] == '+' && !(T <: Unsigned)) ? nextind(s, first_at) : first_at
    i > last_at && return throws ? throw(ArgumentError("input string is empty or only contains whitespace")) : nothing
    radix = base === nothing ? 10 : convert(Int64, base)
    if base === nothing && s[i] == '0' && i < last_at
        mark = s[nextind(s, i)]
        radix = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10
        radix == 10 || (i = nextind(s, nextind(s, i)))
        i > last_at && return throws ? throw(ArgumentError(string("premature end of integer: ", repr(part(s, first_at, last_at))))) : nothing
    end
    return parse_digits(T, s, first_at, last_at, i, is_negative, radix, throws)
end
part(s, from, to) = Core._substring(s, from, nextind(s, to) - 1)
function parse_digits(::Type{T}, s, first_at, last_at, i, is_negative, radix, throws) where {T}
    # Built up with the number's own sign, so that the smallest number fits.
    value = zero(T)
    overflowed = false
    while i <= last_at
        c = s[i]
        digit = digit_value(c, radix)
        if digit >= radix
            isspace(c) && return throws ? throw(ArgumentError(string("extra characters after whitespace in ", repr(part(s, first_at, last_at))))) : nothing
            return throws ? throw(ArgumentError(string("invalid base ", radix, " digit ", repr(c), " in ", repr(part(s, first_at, last_at))))) : nothing
        end
        if !overflowed
            value, beyond = mul_with_overflow(value, wide_digit(T, radix))
            value, beyond2 = is_negative ? sub_with_overflow(value, convert(T, digit)) : add_with_overflow(value, convert(T, digit))
            overflowed = beyond | beyond2
        end
        i = nextind(s, i)
    end
    overflowed && return throws ? throw(OverflowError(string("overflow parsing ", repr(part(s, first_at, last_at))))) : nothing
    return value
end
wide_digit(::Type{T}, radix) where {T} = convert(T, radix)
function parse(::Type{Bool}, s::AbstractString; base = nothing)
    value = tryparse(Bool, s)
    value === nothing || return value
    isempty(s) && throw(ArgumentError("input string is empty"))
    isempty(strip(s)) && throw(ArgumentError("input string only contains whitespace"))
    throw(ArgumentError(string("invalid Bool representation: ", repr(String(s)))))
end
function tryparse(::Type{Bool}, s::AbstractString; base = nothing)
    text = String(strip(s))
    return text == "true" || text == "1" ? true : text == "false" || text == "0" ? false : nothing
end

# Floats: decimal and hexadecimal.
tryparse(::Type{Float64}, s::AbstractString) = Core._parse_float(String(strip(s)))
tryparse(::Type{Float32}, s::AbstractString) = Core._parse_float32(String(strip(s)))
function tryparse(::Type{Float16}, s::AbstractString)
    value = Core._parse_float(String(strip(s)))
    return value === nothing ? nothing : Float16(value)
end
function parse(::Type{T}, s::AbstractString) where {T<:AbstractFloat}
    value = tryparse(T, s)
    value === nothing && throw(ArgumentError(string("cannot parse ", repr(String(s)), " as ", T)))
    return value
end
parse(::Type{AbstractFloat}, s::AbstractString) = parse(Float64, s)

# `a+bim`, `bim`, `a`: the sign between the parts is not one of an exponent.
function parse(::Type{Complex{T}}, s::AbstractString) where {T<:Real}
    value = tryparse(Complex{T}, s)
    value === nothing && throw(ArgumentError(string("expected trailing \"im\", found only ", repr(String(s)))))
    return value
end
function tryparse(::Type{Complex{T}}, s::AbstractString) where {T<:Real}
    text = String(strip(s))
    is_imaginary = endswith(text, "im") || endswith(text, "i") || endswith(text, "j")
    if !is_imaginary
        re = tryparse(T, text)
        return re === nothing ? nothing : Complex{T}(re, zero(T))
    end
    body = String(rstrip(chopsuffix(chopsuffix(chopsuffix(text, "im"), "i"), "j")))
    endswith(body, "*") && (body = String(chopsuffix(body, "*")))
    at = lastindex(body)
    while at > 1
        c = body[at]
        (c == '+' || c == '-') && !(body[prevind(body, at)] in ('e', 'E', 'f', 'p')) && break
        at = prevind(body, at)
    end
    if at <= 1
        imaginary = tryparse(T, body)
        return imaginary === nothing ? nothing : Complex{T}(zero(T), imaginary)
    end
    re = tryparse(T, part(body, 1, prevind(body, at)))
    sign_of = body[at]
    rest = String(strip(part(body, nextind(body, at), lastindex(body))))
    imaginary = tryparse(T, sign_of == '-' ? string("-", rest) : rest)
    return re === nothing || imaginary === nothing ? nothing : Complex{T}(re, imaginary)
end

# Bytes as pairs of hexadecimal digits, and back.
function bytes2hex(bytes)
    eltype(bytes) == UInt8 || throw(ArgumentError("eltype of iterator not UInt8"))
    io = IOBuffer()
    for b in bytes
        print(io, string(b, base = 16, pad = 2))
    end
    return take_string!(io)
end
bytes2hex(io::IO, bytes) = print(io, bytes2hex(bytes))
hex2bytes(s::AbstractString) = hex2bytes(codeunits(s))
function hex2bytes(digits::AbstractArray{UInt8,1})
    isodd(length(digits)) && throw(ArgumentError("length of iterable must be even"))
    return UInt8[hex_value(digits[2i - 1]) << 4 | hex_value(digits[2i]) for i in 1:div(length(digits), 2)]
end
function hex_value(digit::UInt8)
    0x30 <= digit && digit <= 0x39 && return digit - 0x30
    letter = digit | 0x20
    0x61 <= letter && letter <= 0x66 && return letter - 0x57
    throw(ArgumentError("byte is not an ASCII hexadecimal digit"))
end
