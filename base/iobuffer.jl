# `IOBuffer`: a stream in memory; and reading, for any stream that can tell its next byte.

mutable struct IOBuffer <: IO
    data::Array{UInt8,1}
    # Where the next byte is read or written.
    ptr::Int64
    mark::Int64
    readable::Bool
    writable::Bool
    append::Bool
end
IOBuffer() = IOBuffer(Array{UInt8,1}(undef, 0), 1, -1, true, true, false)
IOBuffer(text::AbstractString) = IOBuffer(bytes_of(String(text)), 1, -1, true, false, false)
function IOBuffer(data::Array{UInt8,1}; read = true, write = false, append = false, truncate = false, maxsize = 0, sizehint = 0)
    truncate && empty!(data)
    return IOBuffer(data, 1, -1, read, write || append, append)
end
IOBuffer(; read = true, write = true, append = false, truncate = true, maxsize = 0, sizehint = 0) =
    IOBuffer(Array{UInt8,1}(undef, 0), 1, -1, read, write, append)
bytes_of(text::String) = (data = Array{UInt8,1}(undef, 0); Core._append_bytes!(data, text); data)

function write(io::IOBuffer, s::String)
    if io.ptr > Core.arraylen(io.data) && io.writable
        pad_to!(io, io.ptr - 1)
        Core._append_bytes!(io.data, s)
        io.ptr = Core.arraylen(io.data) + 1
        return ncodeunits(s)
    end
    return overwrite(io, s)
end
# A seek beyond the end leaves zeros.
function pad_to!(io, n)
    while Core.arraylen(io.data) < n
        push!(io.data, 0x00)
    end
end
function overwrite(io, s)
    io.writable || throw(ArgumentError("ensureroom failed, IOBuffer is not writeable"))
    io.append && (io.ptr = length(io.data) + 1)
    for k in 1:ncodeunits(s)
        b = Core._string_byte(s, k)
        io.ptr <= length(io.data) ? (io.data[io.ptr] = b) : push!(io.data, b)
        io.ptr += 1
    end
    return ncodeunits(s)
end
flush(io::IOBuffer) = nothing
isreadable(io::IOBuffer) = io.readable
iswritable(io::IOBuffer) = io.writable
close(io::IOBuffer) = (io.readable = false; io.writable = false; empty!(io.data); io.ptr = 1; nothing)
isopen(io::IOBuffer) = io.readable || io.writable

# Everything in the buffer, which is empty then.
function take!(io::IOBuffer)
    data = io.data
    io.writable || return copy(data)
    io.data = Array{UInt8,1}(undef, 0)
    io.ptr = 1
    io.mark = -1
    return data
end
take_string!(io::IOBuffer) = Core._bytes_to_string(take!(io))
String(bytes::Array{UInt8,1}) = Core._bytes_to_string(bytes)

position(io::IOBuffer) = io.ptr - 1
seek(io::IOBuffer, n::Integer) = (io.ptr = max(0, io.writable ? n : min(n, length(io.data))) + 1; io)
seekstart(io::IOBuffer) = seek(io, 0)
seekend(io::IOBuffer) = (io.ptr = length(io.data) + 1; io)
skip(io::IOBuffer, n::Integer) = seek(io, position(io) + n)
truncate(io::IOBuffer, n::Integer) = (resize!(io.data, n); io.ptr = min(io.ptr, n + 1); io)
mark(io::IOBuffer) = (io.mark = position(io))
unmark(io::IOBuffer) = (was = io.mark >= 0; io.mark = -1; was)
ismarked(io::IOBuffer) = io.mark >= 0
function reset(io::IOBuffer)
    ismarked(io) || throw(ArgumentError("IOBuffer not marked"))
    at = io.mark
    seek(io, at)
    io.mark = -1
    return at
end
bytesavailable(io::IOBuffer) = max(0, length(io.data) - io.ptr + 1)
eof(io::IOBuffer) = io.ptr > Core.arraylen(io.data)
# How large the buffer is, and a copy of it that reads on its own.
copy(io::IOBuffer) = IOBuffer(copy(io.data), io.ptr, io.mark, io.readable, io.writable, io.append)

function peek(io::IOBuffer)
    io.readable || throw(ArgumentError("read failed, IOBuffer is not readable"))
    eof(io) && throw(EOFError())
    return io.data[io.ptr]
end
read(io::IOBuffer, ::Type{UInt8}) = (b = peek(io); io.ptr += 1; b)
show(io::IO, b::IOBuffer) = print(
    io, "IOBuffer(data=UInt8[...], readable=", b.readable, ", writable=", b.writable, ", seekable=true, append=", b.append,
    ", size=", length(b.data), ", maxsize=Inf, ptr=", b.ptr, ", mark=", b.mark, ")",
)

# Reading, in terms of `eof` and of reading and peeking at a byte.
peek(io::IO, ::Type{UInt8}) = peek(io)
function peek(io::IO, ::Type{Char})
    at = position(io)
    c = read(io, Char)
    seek(io, at)
    return c
end
function read(io::IO, ::Type{Char})
    text = UInt8[read(io, UInt8)]
    for _ in 1:continuation_count(text[1])
        eof(io) || !is_continuation(peek(io)) ? break : push!(text, read(io, UInt8))
    end
    return iterate(Core._bytes_to_string(text))[1]
end
read(io::IO, ::Type{Bool}) = read(io, UInt8) != 0x00
read(io::IO, ::Type{Int8}) = bitcast(Int8, read(io, UInt8))
function read(io::IO, ::Type{T}) where {T<:BitInteger}
    x = zero(T)
    for k in 0:(Core.sizeof(T) - 1)
        x = x | (zext_int(T, read(io, UInt8)) << (8 * k))
    end
    return x
end
read(io::IO, ::Type{Float64}) = bitcast(Float64, read(io, UInt64))
read(io::IO, ::Type{Float32}) = bitcast(Float32, read(io, UInt32))
read(io::IO) = read(io, typemax(Int64))
function read(io::IO, n::Integer)
    bytes = UInt8[]
    while length(bytes) < n && !eof(io)
        push!(bytes, read(io, UInt8))
    end
    return bytes
end
read(io::IO, ::Type{String}) = Core._bytes_to_string(read(io))
readavailable(io::IO) = read(io)
function read!(io::IO, a::AbstractArray{T}) where {T}
    for i in eachindex(a)
        a[i] = read(io, T)
    end
    return a
end

# Up to the delimiter, which is left out unless it is to be kept.
function readuntil(io::IO, delimiter::UInt8; keep::Bool = false)
    bytes = UInt8[]
    while !eof(io)
        b = read(io, UInt8)
        b == delimiter && !keep && break
        push!(bytes, b)
        b == delimiter && break
    end
    return bytes
end
readuntil(io::IO, delimiter::Char; keep::Bool = false) = readuntil(io, string(delimiter); keep = keep)
function readuntil(io::IO, delimiter::AbstractString; keep::Bool = false)
    text = String(delimiter)
    n = ncodeunits(text)
    bytes = UInt8[]
    while !eof(io)
        push!(bytes, read(io, UInt8))
        if ends_with_bytes(bytes, text, n)
            keep || resize!(bytes, length(bytes) - n)
            break
        end
    end
    return Core._bytes_to_string(bytes)
end
ends_with_bytes(bytes, text, n) =
    length(bytes) >= n && all(k -> bytes[length(bytes) - n + k] == Core._string_byte(text, k), 1:n)

# A line without its end, `\n` or `\r\n`.
function readline(io::IO; keep::Bool = false)
    line = readuntil(io, 0x0a; keep = true)
    n = length(line)
    if !keep && n > 0 && line[n] == 0x0a
        resize!(line, n > 1 && line[n - 1] == 0x0d ? n - 2 : n - 1)
    end
    return Core._bytes_to_string(line)
end
readline(; keep::Bool = false) = readline(stdin; keep = keep)
readlines(io::IO = stdin; keep::Bool = false) = collect(eachline(io; keep = keep))
struct EachLine{T<:IO}
    stream::T
    keep::Bool
end
eachline(io::IO = stdin; keep::Bool = false) = EachLine(io, keep)
iterate(lines::EachLine) = eof(lines.stream) ? nothing : (readline(lines.stream; keep = lines.keep), nothing)
iterate(lines::EachLine, ::Nothing) = iterate(lines)
eltype(::Type{<:EachLine}) = String
IteratorSize(::Type{<:EachLine}) = SizeUnknown()
function countlines(io::IO; eol::Char = '\n')
    n = 0
    while !eof(io)
        readuntil(io, eol)
        n += 1
    end
    return n
end

# Standard input, read a piece at a time.
const INPUT = IOBuffer("")
function fill_input!()
    eof(INPUT) || return true
    INPUT.data = bytes_of(Core._read_input())
    INPUT.ptr = 1
    return !eof(INPUT)
end
eof(io::StandardStream) = !fill_input!()
peek(io::StandardStream) = fill_input!() ? peek(INPUT) : throw(EOFError())
read(io::StandardStream, ::Type{UInt8}) = fill_input!() ? read(INPUT, UInt8) : throw(EOFError())
