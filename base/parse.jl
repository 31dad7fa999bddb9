# Numbers from text.

function tryparse(::Type{Int64}, s::String)
    text = String(strip(s))
    n = ncodeunits(text)
    n == 0 && return nothing
    i = 1
    sign = 1
    lead = Core._string_byte(text, 1)
    if lead == 0x2d || lead == 0x2b
        sign = lead == 0x2d ? -1 : 1
        i = 2
    end
    i > n && return nothing
    value = 0
    while i <= n
        digit = convert(Int64, Core._string_byte(text, i)) - 48
        (digit < 0) | (digit > 9) && return nothing
        # Built up negatively, so that the smallest number fits.
        value < -922337203685477580 && return nothing
        value = value * 10
        value < typemin(Int64) + digit && return nothing
        value -= digit
        i += 1
    end
    sign > 0 && value == typemin(Int64) && return nothing
    return sign > 0 ? -value : value
end
tryparse(::Type{Float64}, s::String) = Core._parse_float(String(strip(s)))

parse(::Type{T}, s::AbstractString) where {T} = parsed(T, String(s))
function parsed(::Type{T}, s::String) where {T}
    value = tryparse(T, s)
    if value === nothing
        T === Float64 && throw(ArgumentError(string("cannot parse ", repr(s), " as Float64")))
        all(c -> isdigit(c) || c == '-' || c == '+', strip(s)) && !isempty(strip(s)) && throw(OverflowError(string("overflow parsing ", repr(s))))
        throw(ArgumentError(invalid_integer(s)))
    end
    return value
end
function invalid_integer(s)
    isempty(strip(s)) && return "input string is empty or only contains whitespace"
    for c in strip(s)
        isdigit(c) || c == '-' || c == '+' || return string("invalid base 10 digit ", repr(c), " in ", repr(s))
    end
    return string("overflow: ", repr(s))
end

# A digit, and text in another base.
function parse(::Type{T}, c::Char; base::Integer = 10) where {T<:Integer}
    digit = digit_value(c)
    0 <= digit && digit < base || throw(ArgumentError(string("invalid base ", base, " digit ", repr(c))))
    return convert(T, digit)
end
function digit_value(c::Char)
    '0' <= c && c <= '9' && return c - '0'
    'a' <= c && c <= 'z' && return c - 'a' + 10
    'A' <= c && c <= 'Z' && return c - 'A' + 10
    return -1
end
function parse(::Type{T}, s::AbstractString; base::Integer = 10) where {T<:Integer}
    base == 10 && return parse_decimal(T, String(s))
    text = String(strip(s))
    is_negative = startswith(text, "-")
    value = zero(T)
    for c in chopprefix(chopprefix(text, "-"), "+")
        digit = digit_value(c)
        0 <= digit && digit < base || throw(ArgumentError(string("invalid base ", base, " digit ", repr(c), " in ", repr(s))))
        value = value * convert(T, base) + convert(T, digit)
    end
    return is_negative ? -value : value
end
parse_decimal(::Type{T}, s) where {T} = convert(T, parsed(Int64, s))
tryparse(::Type{T}, s::AbstractString) where {T<:Integer} = (n = tryparse(Int64, String(s)); n === nothing || !(typemin(T) <= n && n <= typemax(T)) ? nothing : convert(T, n))
tryparse(::Type{Float64}, s::AbstractString) = tryparse(Float64, String(s))
