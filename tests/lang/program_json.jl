# JSON: a recursive parser with positions in its errors, and a printer with indentation.
module JSON

export parse_json, print_json

struct JSONError <: Exception
    msg::String
    line::Int
    column::Int
end
Base.showerror(io::IO, e::JSONError) = print(io, "JSONError: $(e.msg) at line $(e.line), column $(e.column)")

mutable struct Reader
    text::String
    i::Int
end

function fail(r::Reader, msg)
    before = SubString(r.text, 1, max(prevind(r.text, r.i), 0))
    line = count(==('\n'), before) + 1
    start = findlast('\n', before)
    column = length(before) - (start === nothing ? 0 : length(before[1:start])) + 1
    throw(JSONError(msg, line, column))
end
peek(r::Reader) = r.i > ncodeunits(r.text) ? '\0' : r.text[r.i]
function next!(r::Reader)
    c = peek(r)
    c == '\0' || (r.i = nextind(r.text, r.i))
    return c
end
function skip_space!(r)
    while peek(r) in (' ', '\n', '\t', '\r')
        next!(r)
    end
end
expect!(r, c) = peek(r) == c ? next!(r) : fail(r, "expected $(repr(c)), found $(repr(peek(r)))")

function value!(r::Reader)
    skip_space!(r)
    c = peek(r)
    v = c == '{' ? object!(r) :
        c == '[' ? array!(r) :
        c == '"' ? string!(r) :
        c == 't' ? word!(r, "true", true) :
        c == 'f' ? word!(r, "false", false) :
        c == 'n' ? word!(r, "null", nothing) :
        (isdigit(c) || c == '-') ? number!(r) :
        fail(r, c == '\0' ? "unexpected end" : "unexpected $(repr(c))")
    skip_space!(r)
    return v
end
function word!(r, word, value)
    startswith(SubString(r.text, r.i), word) || fail(r, "bad literal")
    r.i += ncodeunits(word)
    value
end
function number!(r)
    start = r.i
    while peek(r) in "+-0123456789.eE"
        next!(r)
    end
    text = r.text[start:r.i-1]
    n = tryparse(Int, text)
    n === nothing || return n
    x = tryparse(Float64, text)
    x === nothing && fail(r, "bad number $text")
    return x
end
function string!(r)
    expect!(r, '"')
    out = IOBuffer()
    while (c = next!(r)) != '"'
        c == '\0' && fail(r, "unterminated string")
        if c == '\\'
            e = next!(r)
            if e == 'u'
                code = parse(UInt32, r.text[r.i:r.i+3]; base=16)
                r.i += 4
                print(out, Char(code))
            else
                print(out, e == 'n' ? '\n' : e == 't' ? '\t' : e)
            end
        else
            print(out, c)
        end
    end
    return String(take!(out))
end
function array!(r)
    expect!(r, '[')
    items = []
    skip_space!(r)
    if peek(r) != ']'
        push!(items, value!(r))
        while peek(r) == ','
            next!(r)
            push!(items, value!(r))
        end
    end
    expect!(r, ']')
    return identity.(items)
end
function object!(r)
    expect!(r, '{')
    fields = Pair{String,Any}[]
    skip_space!(r)
    while peek(r) != '}'
        skip_space!(r)
        key = string!(r)
        skip_space!(r)
        expect!(r, ':')
        push!(fields, key => value!(r))
        peek(r) == ',' || break
        next!(r)
    end
    expect!(r, '}')
    fields
end

"""
    parse_json(text)

The value that `text` stands for; objects are vectors of pairs, in the order written.
"""
function parse_json(text::AbstractString)
    r = Reader(String(text), 1)
    v = value!(r)
    r.i > ncodeunits(r.text) || fail(r, "trailing text")
    return v
end

print_json(io::IO, ::Nothing, depth=0) = print(io, "null")
print_json(io::IO, x::Union{Bool,Real}, depth=0) = print(io, x)
print_json(io::IO, s::AbstractString, depth=0) = print(io, '"', escape_string(s), '"')
print_json(io::IO, s::Symbol, depth=0) = print_json(io, String(s), depth)
function print_list(f, io, open, close, items, depth)
    isempty(items) && return print(io, open, close)
    println(io, open)
    for (i, item) in enumerate(items)
        print(io, "  "^(depth + 1))
        f(item)
        println(io, i == length(items) ? "" : ",")
    end
    print(io, "  "^depth, close)
end
print_json(io::IO, v::AbstractVector, depth=0) = print_list(x -> print_json(io, x, depth + 1), io, '[', ']', v, depth)
function print_json(io::IO, v::Union{AbstractVector{<:Pair},NamedTuple,AbstractDict}, depth=0)
    print_list(io, '{', '}', collect(pairs_of(v)), depth) do (k, x)
        print_json(io, k)
        print(io, ": ")
        print_json(io, x, depth + 1)
    end
end
pairs_of(v::AbstractVector{<:Pair}) = v
pairs_of(v) = pairs(v)
print_json(x) = (print_json(stdout, x); println())

end

using .JSON
using .JSON: JSONError

function (@main)(args)
    text = """
    {"name": "Zoë \\u00e9\\n", "tags": ["a", "b"], "size": [1, 2.5e3, -7],
     "nested": {"empty": {}, "none": null, "flags": [true, false]}, "list": []}
    """
    v = parse_json(text)
    foreach(println, v)
    print_json(v)
    print_json((a=1, b=[(c=:x, d=nothing)]))
    println(parse_json(sprint(JSON.print_json, v)) == v)
    for bad in ["[1, 2", "{\"a\" 1}", "[1,\n 2,\n x]", "tru", "\"abc", "1 2", "-", ""]
        try
            println(parse_json(bad))
        catch e
            e isa JSONError || rethrow()
            println(sprint(showerror, e))
        end
    end
    println(typeof(parse_json("[1,2]")), " ", typeof(parse_json("[1,2.5]")), " ", typeof(parse_json("[1,null]")), " ", typeof(parse_json("[]")))
end
