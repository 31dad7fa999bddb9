# `IOContext`: a stream with properties that what is printed to it may ask for, such as `:limit` and `:compact`; and the
# kinds of media a value can be shown as.

# A dictionary that grows by putting a new one in front of it.
struct ImmutableDict{K,V} <: AbstractDict{K,V}
    parent::ImmutableDict{K,V}
    key::K
    value::V
    ImmutableDict{K,V}() where {K,V} = new()
    ImmutableDict{K,V}(parent, key, value) where {K,V} = new(parent, key, value)
end
ImmutableDict{K,V}(p::Pair) where {K,V} = ImmutableDict{K,V}(ImmutableDict{K,V}(), p.first, p.second)
ImmutableDict(p::Pair{K,V}, rest::Pair...) where {K,V} = foldl(ImmutableDict, rest; init = ImmutableDict{K,V}(p))
ImmutableDict(d::ImmutableDict{K,V}, p::Pair) where {K,V} = ImmutableDict{K,V}(d, p.first, p.second)
ImmutableDict(d::ImmutableDict, p::Pair, rest::Pair...) = ImmutableDict(ImmutableDict(d, p), rest...)
isempty(d::ImmutableDict) = !isdefined(d, :parent)
iterate(d::ImmutableDict) = iterate(d, d)
iterate(d::ImmutableDict{K,V}, at) where {K,V} = isempty(at) ? nothing : (Pair{K,V}(at.key, at.value), at.parent)
length(d::ImmutableDict) = count(_ -> true, d)
function get(d::ImmutableDict, key, default)
    while !isempty(d)
        isequal(d.key, key) && return d.value
        d = d.parent
    end
    return default
end
haskey(d::ImmutableDict, key) = any(p -> isequal(p.first, key), d)
getindex(d::ImmutableDict, key) = haskey(d, key) ? get(d, key, nothing) : throw(KeyError(key))

const Properties = ImmutableDict{Symbol,Any}
# The objects that are being shown, the innermost first: what an object inside itself is known by.
struct Shown
    value::Any
    outer::Union{Shown,Nothing}
end
# What is known of the type of what is shown, and the objects it lies in, change with every level of a collection: they
# stand apart, so that a property is found as fast at any depth.
struct IOContext{T<:IO} <: IO
    io::T
    dict::Properties
    typeinfo::Any
    shown::Union{Shown,Nothing}
    IOContext{T}(io, dict, typeinfo, shown) where {T<:IO} = new(io, dict, typeinfo, shown)
end
IOContext(io::IOContext) = io
IOContext(io::IO) = IOContext{typeof(io)}(io, Properties(), Any, nothing)
IOContext(io::IO, context::IOContext) = (inner = unwrapcontext(io)[1]; IOContext{typeof(inner)}(inner, context.dict, context.typeinfo, context.shown))
IOContext(io::IO, context::IO) = IOContext(unwrapcontext(io)[1])
IOContext(io::IO, p::Pair) = extended(IOContext(io), p.first, p.second)
IOContext(io::IO, p::Pair, rest::Pair...) = IOContext(IOContext(io, p), rest...)
IOContext(io::IO, context::IO, p::Pair, rest::Pair...) = IOContext(IOContext(io, context), p, rest...)
unwrapcontext(io::IO) = (io, Properties())
unwrapcontext(io::IOContext) = (io.io, io.dict)

# The context with one property more.
extended(c::IOContext, key, value) = with_parts(typeof(c), c, key, value)
function with_parts(C, c, key, value)
    key === :typeinfo && return C(c.io, c.dict, value, c.shown)
    key === :SHOWN_SET && return C(c.io, c.dict, c.typeinfo, Shown(value, c.shown))
    return C(c.io, Properties(c.dict, key, value), c.typeinfo, c.shown)
end
# The same as a type that does not name the stream: what prints the parts of a collection is compiled once for all streams.
with_property(io::IOContext, key::Symbol, value) = with_parts(IOContext{IO}, io, key, value)
with_property(io::IO, key::Symbol, value) = with_parts(IOContext{IO}, IOContext(io), key, value)

get(io::IO, key, default) = default
haskey(io::IO, key) = false
keys(io::IO) = ()
in(p::Pair, io::IO) = false
get(io::IOContext, key, default) = key === :typeinfo ? (io.typeinfo === Any ? default : io.typeinfo) : get(io.dict, key, default)
haskey(io::IOContext, key) = key === :typeinfo ? io.typeinfo !== Any : haskey(io.dict, key)
getindex(io::IOContext, key) = key === :typeinfo ? io.typeinfo : io.dict[key]
keys(io::IOContext) = keys(io.dict)
in(p::Pair, io::IOContext) = haskey(io, p.first) && get(io, p.first, nothing) === p.second
show(io::IO, c::IOContext) = print(io, "IOContext(", c.io, ")")

write(io::IOContext, s::String) = write(io.io, s)
flush(io::IOContext) = flush(io.io)
isreadable(io::IOContext) = isreadable(io.io)
iswritable(io::IOContext) = iswritable(io.io)
eof(io::IOContext) = eof(io.io)
peek(io::IOContext) = peek(io.io)
read(io::IOContext, ::Type{UInt8}) = read(io.io, UInt8)
position(io::IOContext) = position(io.io)
seek(io::IOContext, n::Integer) = (seek(io.io, n); io)
take!(io::IOContext) = take!(io.io)

is_compact(io) = get(io, :compact, false) === true
is_limited(io) = get(io, :limit, false) === true
# Rows and columns of the screen.
displaysize() = (24, 80)
displaysize(io::IO) = displaysize()
displaysize(io::IOContext) = get(io, :displaysize, displaysize(io.io))

print(io::IO, ::MIME{mime}) where {mime} = print(io, mime)
show(io::IO, ::MIME{mime}) where {mime} = print(io, "MIME type ", mime)
show(io::IO, ::TextPlain, x) = show(io, x)
show(io::IO, mime::AbstractString, x) = show(io, MIME(mime), x)
istextmime(mime) = startswith(string(mime), "text/")

# A value as the prompt shows it.
display(x) = (show(stdout, TextPlain(), x); println())
display(mime::AbstractString, x) = display(MIME(mime), x)
display(mime::MIME, x) = (show(stdout, mime, x); println())

const COLOR_CODES = (
    (:black, 30), (:red, 31), (:green, 32), (:yellow, 33), (:blue, 34), (:magenta, 35), (:cyan, 36), (:white, 37),
    (:light_black, 90), (:gray, 90), (:light_red, 91), (:light_green, 92), (:light_yellow, 93), (:light_blue, 94),
    (:light_magenta, 95), (:light_cyan, 96), (:light_white, 97),
)
# Colours and weights are written only to a stream that has `:color`.
printstyled(io::IO, items...; bold = false, color = :normal, underline = false, reverse = false, italic = false, blink = false, hidden = false) =
    get(io, :color, false) === true ? print_with_codes(io, items, bold, underline, color) : print(io, items...)
printstyled(items...; keywords...) = printstyled(stdout, items...; keywords...)
function print_with_codes(io, items, bold, underline, color)
    code = color_code(color)
    print(io, bold ? "\e[1m" : "", underline ? "\e[4m" : "", code == 0 ? "" : string("\e[", code, "m"))
    print(io, items...)
    print(io, code == 0 ? "" : "\e[39m", underline ? "\e[24m" : "", bold ? "\e[22m" : "")
end
function color_code(color)
    for (name, code) in COLOR_CODES
        name === color && return code
    end
    return 0
end
