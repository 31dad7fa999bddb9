# Searching, replacing, splitting, trimming and padding text.

occursin(part::AbstractString, s::AbstractString) = find_bytes(String(s), String(part), 1) > 0
occursin(c::Char, s::AbstractString) = find_bytes(String(s), string(c), 1) > 0
contains(s::AbstractString, part) = occursin(part, s)
contains(part) = Fix2(contains, part)
occursin(s::AbstractString) = Fix2(occursin, s)
in(c::Char, s::AbstractString) = occursin(c, s)
in(part::AbstractString, s::AbstractString) = error("use occursin(x, y) for string containment")

# Where a part lies: the range of its bytes, for characters the index alone.
findfirst(part::AbstractString, s::AbstractString) = findnext(part, s, 1)
function findnext(part::AbstractString, s::AbstractString, from::Int64)
    from > ncodeunits(s) + 1 && throw(BoundsError(s, from))
    at = find_bytes(String(s), String(part), max(from, 1))
    at == 0 && return nothing
    return at:thisind(s, at + ncodeunits(part) - 1)
end
findfirst(c::Char, s::AbstractString) = findnext(c, s, 1)
function findnext(c::Char, s::AbstractString, from::Int64)
    at = find_bytes(String(s), string(c), from)
    return at == 0 ? nothing : at
end
findfirst(f, s::AbstractString) = findnext(f, s, 1)
function findnext(f, s::AbstractString, from::Int64)
    i = from
    while i <= ncodeunits(s)
        f(s[i]) && return i
        i = nextind(s, i)
    end
    return nothing
end
findlast(c::Char, s::AbstractString) = findlast(isequal(c), s)
findlast(part::AbstractString, s::AbstractString) = findlast(String(part), String(s))
function findprev(part::AbstractString, s::AbstractString, from::Integer)
    isempty(part) && return 1 <= from <= ncodeunits(s) + 1 ? (from:(from - 1)) : nothing
    text, wanted = String(s), String(part)
    at = min(from, ncodeunits(text)) - ncodeunits(wanted) + 1
    # The last byte of the last character may lie beyond `from`, which is where that character begins.
    while 1 <= from <= ncodeunits(text) && at + ncodeunits(wanted) - 1 < nextind(text, thisind(text, from)) - 1
        at += 1
    end
    while at >= 1
        same_bytes(text, at, wanted) && return at:thisind(text, at + ncodeunits(wanted) - 1)
        at -= 1
    end
    return nothing
end
function findlast(f, s::AbstractString)
    i = lastindex(s)
    while i >= 1
        f(s[i]) && return i
        i = prevind(s, i)
    end
    return nothing
end
function findlast(part::String, s::String)
    at = ncodeunits(s) - ncodeunits(part) + 1
    while at >= 1
        same_bytes(s, at, part) && return at:thisind(s, at + ncodeunits(part) - 1)
        at -= 1
    end
    return nothing
end
findall(c::Char, s::AbstractString) = [i for i in eachindex(s) if s[i] == c]
findall(f::Function, s::AbstractString) = [i for i in eachindex(s) if f(s[i])]

# What a pattern matches at or after a byte: the first and the last byte, `(0, -1)` where nothing is left.
function next_match(part::String, s::String, from::Int64)
    at = find_bytes(s, part, from)
    return at == 0 ? (0, -1) : (at, at + ncodeunits(part) - 1)
end
next_match(c::Char, s::String, from::Int64) = next_match(string(c), s, from)
next_match(part::AbstractString, s::String, from::Int64) = next_match(String(part), s, from)
next_match(f, s::String, from::Int64) = matching_character(f, s, from)
next_match(any_of::Union{AbstractArray,Tuple,AbstractSet}, s::String, from::Int64) = matching_character(c -> c in any_of, s, from)
function matching_character(f, s, from)
    i = from
    while i <= ncodeunits(s)
        after = nextind(s, i)
        f(s[i]) && return (i, after - 1)
        i = after
    end
    return (0, -1)
end

function replace(s::AbstractString, rule::Pair; count::Integer = typemax(Int64))
    return replace_all(String(s), rule.first, rule.second, convert(Int64, count))
end
function replace(s::AbstractString, first::Pair, second::Pair, rest::Pair...; count::Integer = typemax(Int64))
    return replace_rules(String(s), (first, second, rest...), convert(Int64, count))
end
function replace_all(s::String, pattern, by, left::Int64)
    io = IOBuffer()
    from = 1
    at, last = next_match(pattern, s, 1)
    while at > 0 && left > 0
        write(io, Core._substring(s, from, at - 1))
        replacement(io, by, Core._substring(s, at, last))
        left -= 1
        if last < at
            # An empty match: go on behind the next character.
            at > ncodeunits(s) && (from = at; break)
            last = nextind(s, at) - 1
            write(io, Core._substring(s, at, last))
        end
        from = last + 1
        at, last = next_match(pattern, s, from)
    end
    write(io, Core._substring(s, from, ncodeunits(s)))
    return take_string!(io)
end
# Of several rules the one that matches first applies, the earlier one where they match at the same place.
function replace_rules(s::String, rules, left::Int64)
    io = IOBuffer()
    from = 1
    while left > 0
        best_at, best_last, chosen_rule = 0, -1, nothing
        for rule in rules
            at, last = next_match(rule.first, s, from)
            if at > 0 && (best_at == 0 || at < best_at)
                best_at, best_last, chosen_rule = at, last, rule
            end
        end
        best_at == 0 && break
        write(io, Core._substring(s, from, best_at - 1))
        replacement(io, chosen_rule.second, Core._substring(s, best_at, best_last))
        from = best_last + 1
        left -= 1
    end
    write(io, Core._substring(s, from, ncodeunits(s)))
    return take_string!(io)
end
replacement(io, by, matched) = print(io, by)
replacement(io, by::Function, matched::String) = print(io, by(matched))

split(s::AbstractString; limit::Integer = 0, keepempty::Bool = false) = split_at(String(s), isspace, limit, keepempty)
split(s::AbstractString, separator; limit::Integer = 0, keepempty::Bool = true) = split_at(String(s), separator, limit, keepempty)
function split_at(s::String, separator, limit, keepempty)
    parts = Array{SubString{String},1}(undef, 0)
    separator isa AbstractString && isempty(separator) && return split_characters(s, parts, limit)
    from = 1
    at, last = next_match(separator, s, 1)
    while at > 0 && (limit == 0 || length(parts) < limit - 1)
        (keepempty || at > from) && push!(parts, bytes_view(s, from, at - 1))
        from = last + 1
        at, last = next_match(separator, s, from)
    end
    (keepempty || from <= ncodeunits(s)) && push!(parts, bytes_view(s, from, ncodeunits(s)))
    return parts
end
function split_characters(s, parts, limit)
    i = 1
    while i <= ncodeunits(s)
        limit > 0 && length(parts) == limit - 1 && return push!(parts, bytes_view(s, i, ncodeunits(s)))
        after = nextind(s, i)
        push!(parts, bytes_view(s, i, after - 1))
        i = after
    end
    return parts
end
eachsplit(s::AbstractString; keywords...) = split(s; keywords...)
eachsplit(s::AbstractString, separator; keywords...) = split(s, separator; keywords...)
eachline_of(s::String) = split(s, '\n')

as_predicate(f) = f
as_predicate(c::Char) = isequal(c)
as_predicate(any_of::Union{AbstractArray,Tuple,AbstractSet}) = c -> c in any_of
lstrip(s::AbstractString) = lstrip(isspace, s)
rstrip(s::AbstractString) = rstrip(isspace, s)
strip(s::AbstractString) = strip(isspace, s)
lstrip(s::AbstractString, characters) = lstrip(as_predicate(characters), s)
rstrip(s::AbstractString, characters) = rstrip(as_predicate(characters), s)
strip(s::AbstractString, characters) = strip(as_predicate(characters), s)
lstrip(f, s::AbstractString) = (t = String(s); bytes_view(t, first_kept(f, t), ncodeunits(t)))
rstrip(f, s::AbstractString) = (t = String(s); bytes_view(t, 1, last_kept(f, t)))
function strip(f, s::AbstractString)
    t = String(s)
    from = first_kept(f, t)
    return from > ncodeunits(t) ? bytes_view(t, 1, 0) : bytes_view(t, from, last_kept(f, t))
end
# The first byte of the first character that stays, the last byte of the last one.
function first_kept(f, s::String)
    i = 1
    while i <= ncodeunits(s) && f(s[i])
        i = nextind(s, i)
    end
    return i
end
function last_kept(f, s::String)
    i = lastindex(s)
    while i >= 1 && f(s[i])
        i = prevind(s, i)
    end
    return i < 1 ? 0 : nextind(s, i) - 1
end

lpad(x, n::Integer, fill = " ") = (s = string(x); string(padding(n - length(s), string(fill)), s))
rpad(x, n::Integer, fill = " ") = (s = string(x); string(s, padding(n - length(s), string(fill))))
function padding(n, fill)
    n <= 0 && return ""
    whole, left = divrem(n, length(fill))
    return string(repeat(fill, whole), first(fill, left))
end

function chop(s::AbstractString; head::Integer = 0, tail::Integer = 1)
    t = String(s)
    isempty(t) && return SubString(t)
    from = nextind(t, 1, head)
    to = prevind(t, ncodeunits(t) + 1, tail + 1)
    return to < from ? bytes_view(t, 1, 0) : bytes_view(t, from, nextind(t, to) - 1)
end
function chomp(s::AbstractString)
    t = String(s)
    n = ncodeunits(t)
    endswith(t, "\r\n") && return bytes_view(t, 1, n - 2)
    return bytes_view(t, 1, endswith(t, "\n") ? n - 1 : n)
end
chopprefix(s::AbstractString, prefix::AbstractString) = startswith(s, prefix) ? bytes_view(String(s), ncodeunits(prefix) + 1, ncodeunits(s)) : SubString(String(s))
chopsuffix(s::AbstractString, suffix::AbstractString) = endswith(s, suffix) ? bytes_view(String(s), 1, ncodeunits(s) - ncodeunits(suffix)) : SubString(String(s))

first(s::AbstractString) = s[1]
last(s::AbstractString) = s[lastindex(s)]
function first(s::AbstractString, n::Integer)
    io = IOBuffer()
    for c in s
        n <= 0 && break
        print(io, c)
        n -= 1
    end
    return take_string!(io)
end
function last(s::AbstractString, n::Integer)
    t = String(s)
    i = ncodeunits(t) + 1
    while n > 0 && i > 1
        i = prevind(t, i)
        n -= 1
    end
    return Core._substring(t, i, ncodeunits(t))
end
function getindex(s::AbstractString, places::AbstractArray)
    io = IOBuffer()
    for i in places
        print(io, s[i])
    end
    return take_string!(io)
end
getindex(s::AbstractString, ::Colon) = String(s)
keys(s::AbstractString) = eachindex(s)
pairs(s::AbstractString) = Pairs(s, eachindex(s))

function titlecase(s::AbstractString)
    io = IOBuffer()
    in_word = false
    for c in s
        print(io, in_word ? lowercase(c) : uppercase(c))
        in_word = isletter(c)
    end
    return take_string!(io)
end
uppercasefirst(s::AbstractString) = isempty(s) ? "" : string(uppercase(first(s)), String(s)[nextind(s, 1):end])
lowercasefirst(s::AbstractString) = isempty(s) ? "" : string(lowercase(first(s)), String(s)[nextind(s, 1):end])
filter(f, s::AbstractString) = (io = IOBuffer(); foreach(c -> f(c) ? print(io, c) : nothing, s); take_string!(io))
map(f, s::AbstractString) = map_characters(f, s)
codeunits(s::AbstractString) = UInt8[codeunit(s, i) for i in 1:ncodeunits(s)]
Array{UInt8,1}(s::AbstractString) = codeunits(s)
Array{UInt8}(s::AbstractString) = codeunits(s)

# From the right: `rsplit("a.b.c", "."; limit = 2)`.
function rsplit(s::AbstractString, separator; limit::Integer = 0, keepempty::Bool = true)
    parts = split(s, separator; keepempty)
    (limit == 0 || length(parts) <= limit) && return parts
    rest = length(parts) - limit + 1
    whole = parts[1]
    last = parts[rest]
    return pushfirst!(parts[(rest + 1):end], bytes_view(whole.string, whole.offset + 1, last.offset + last.ncodeunits))
end
rsplit(s::AbstractString; limit::Integer = 0, keepempty::Bool = false) = rsplit(s, isspace; limit, keepempty)
function count(part::Union{AbstractString,Char}, s::AbstractString)
    text = String(s)
    n = 0
    at, last = next_match(part, text, 1)
    while at > 0
        n += 1
        at, last = next_match(part, text, max(last, at) + 1)
    end
    return n
end
function findall(part::AbstractString, s::AbstractString)
    found = UnitRange{Int64}[]
    next = findfirst(part, s)
    while next !== nothing
        push!(found, next)
        next = findnext(part, s, nextind(s, max(first(next), last(next))))
    end
    return found
end
function findprev(f, s::AbstractString, from::Integer)
    i = from
    while i >= 1
        isvalid(s, i) && f(s[i]) && return i
        i -= 1
    end
    return nothing
end
findprev(c::Char, s::AbstractString, from::Integer) = findprev(isequal(c), s, from)
ascii(s::AbstractString) = isascii(s) ? String(s) : throw(ArgumentError(string("invalid ASCII at index ", findfirst(c -> !isascii(c), s), " in ", repr(s))))
function unescape_string(s::AbstractString)
    io = IOBuffer()
    characters = collect(s)
    i = 1
    while i <= length(characters)
        c = characters[i]
        if c == '\\' && i < length(characters)
            i += 1
            c = characters[i]
            at = findfirst(c, "ntre0abfv")
            if c == 'x' || c == 'u' || c == 'U'
                n = 0
                digits = 0
                while digits < (c == 'x' ? 2 : c == 'u' ? 4 : 8) && i < length(characters) && isxdigit(characters[i + 1])
                    i += 1
                    digits += 1
                    n = 16n + parse(Int64, string(characters[i]), base = 16)
                end
                print(io, Char(n))
            else
                print(io, at === nothing ? c : "\n\t\r\e\0\a\b\f\v"[at])
            end
        else
            print(io, c)
        end
        i += 1
    end
    return take_string!(io)
end
