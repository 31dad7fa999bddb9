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

function parse(::Type{T}, s::String) where {T}
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
