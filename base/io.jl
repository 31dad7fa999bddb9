# Output: the standard streams, and what can be written to any stream. Buffers are in iobuffer.jl.

# A kind of medium a value can be shown as.
struct MIME{mime} end
MIME(name::AbstractString) = MIME{Symbol(name)}()
const TextPlain = MIME{Symbol("text/plain")}

struct StandardStream <: IO
    descriptor::Int64
end
const stdin = StandardStream(0)
const stdout = StandardStream(1)
const stderr = StandardStream(2)

write(io::StandardStream, s::String) = (Core._write(io.descriptor, s); ncodeunits(s))
flush(io::StandardStream) = Core._flush(io.descriptor)
flush(io::IO) = nothing
close(io::IO) = nothing
isopen(io::IO) = true
isreadonly(io::IO) = !iswritable(io)
isreadable(io::IO) = false
iswritable(io::IO) = true
isreadable(io::StandardStream) = io.descriptor == 0
iswritable(io::StandardStream) = io.descriptor != 0
show(io::IO, s::StandardStream) = print(io, "Base.StandardStream(", s.descriptor, ")")

# Bytes of a value as they lie in memory.
write(io::IO, x, y, rest...) = write(io, x) + write(io, y, rest...)
write(io::IO, c::Char) = write(io, char_string(c))
write(io::IO, s::Symbol) = write(io, String(s))
write(io::IO, bytes::Array{UInt8,1}) = write(io, Core._bytes_to_string(bytes))
write(io::IO, b::UInt8) = write(io, UInt8[b])
write(io::IO, b::Bool) = write(io, b ? 0x01 : 0x00)
write(io::IO, x::BitFloat) = write(io, bits_of(x))
function write(io::IO, x::BitInteger)
    for k in 0:(Core.sizeof(x) - 1)
        write(io, trunc_byte(x >> (8 * k)))
    end
    return Core.sizeof(x)
end
trunc_byte(x::BitInteger) = trunc_int(UInt8, x)
trunc_byte(x::UInt8) = x
trunc_byte(x::Int8) = bitcast(UInt8, x)
write(io::IO, items::AbstractArray) = foldl((n, x) -> n + write(io, x), items; init = 0)

char_string(c::Char) = Core._char_to_string(bitcast(UInt32, c))

print(io::IO, x) = (show(io, x); nothing)
print(io::IO, s::String) = (write(io, s); nothing)
print(io::IO, s::AbstractString) = foreach(c -> print(io, c), s)
print(io::IO, c::Char) = (write(io, c); nothing)
print(io::IO, s::Symbol) = (write(io, String(s)); nothing)
print(io::IO, ::Nothing) = (write(io, "nothing"); nothing)
print(io::IO) = nothing
function print(io::IO, x, y, rest...)
    print(io, x)
    print(io, y, rest...)
    return nothing
end
print(xs...) = print(stdout, xs...)

println(io::IO) = print(io, "\n")
println(io::IO, x) = (print(io, x); print(io, "\n"))
println(io::IO, x, y, rest...) = (print(io, x, y, rest...); print(io, "\n"))
println(xs...) = println(stdout, xs...)
# The newline goes with the text, in one write.
println(s::String) = (Core._write(1, s); Core._write(1, "\n"); nothing)

string() = ""
string(s::String) = s
string(c::Char) = char_string(c)
string(s::Symbol) = String(s)
string(n::Int64) = Core._integer_to_string(n)
string(x::Float64) = Core._float_to_string(x)
string(b::Bool) = b ? "true" : "false"
function string(x)
    io = IOBuffer()
    print(io, x)
    return take_string!(io)
end
string(a::String, b::String) = Core._string_concat(a, b)
function string(parts...)
    io = IOBuffer()
    for x in parts
        print(io, x)
    end
    return take_string!(io)
end

# What `f(io, args...)` writes. `context` is a stream whose properties it sees, or a property, or a tuple of these.
sprint(f, args...; context = nothing, sizehint = 0) = written_in(context, f, args)
function written_in(context, f, args)
    io = IOBuffer()
    f(in_context(io, context), args...)
    return take_string!(io)
end
written(f, args...) = written_in(nothing, f, args)
in_context(io, ::Nothing) = io
in_context(io, context) = IOContext(io, context)
in_context(io, context::Tuple) = IOContext(io, context...)
repr(x; context = nothing) = written_in(context, show, (x,))
repr(mime::MIME, x; context = nothing) = written_in(context, show, (mime, x))
repr(mime::AbstractString, x; context = nothing) = repr(MIME(mime), x; context = context)
