# Output: standard streams and buffers.

struct StandardStream <: IO
    descriptor::Int64
end
const stdout = StandardStream(1)
const stderr = StandardStream(2)

mutable struct IOBuffer <: IO
    data::Array{UInt8,1}
end
IOBuffer() = IOBuffer(Array{UInt8,1}(undef, 0))

write(io::StandardStream, s::String) = (Core._write(io.descriptor, s); ncodeunits(s))
write(io::IOBuffer, s::String) = (Core._append_bytes!(io.data, s); ncodeunits(s))
write(io::IO, c::Char) = write(io, char_string(c))
flush(io::StandardStream) = Core._flush(io.descriptor)
flush(io::IOBuffer) = nothing

take!(io::IOBuffer) = (data = io.data; io.data = Array{UInt8,1}(undef, 0); data)
take_string!(io::IOBuffer) = Core._bytes_to_string(take!(io))
String(bytes::Array{UInt8,1}) = Core._bytes_to_string(bytes)

char_string(c::Char) = Core._char_to_string(bitcast(UInt32, c))

print(io::IO, x) = show(io, x)
print(io::IO, s::String) = (write(io, s); nothing)
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

function sprint(f, args...)
    io = IOBuffer()
    f(io, args...)
    return take_string!(io)
end

string() = ""
string(s::String) = s
string(c::Char) = char_string(c)
string(s::Symbol) = String(s)
string(n::Int64) = Core._integer_to_string(n)
string(x::Float64) = Core._float_to_string(x)
string(b::Bool) = b ? "true" : "false"
string(x) = sprint(print, x)
string(a::String, b::String) = Core._string_concat(a, b)
function string(parts...)
    io = IOBuffer()
    for x in parts
        print(io, x)
    end
    return take_string!(io)
end
repr(x) = sprint(show, x)
