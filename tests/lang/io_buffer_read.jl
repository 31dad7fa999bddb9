# Reading from a buffer.
io = IOBuffer("first\nsecond line\r\nthird")
println(readline(io), "|", readline(io), "|", eof(io), "|", readline(io), "|", eof(io), "|", repr(readline(io)))
io = IOBuffer("a\nb\n")
println(readlines(io))
for line in eachline(IOBuffer("x\ny"))
    print("<", line, ">")
end
println()
io = IOBuffer("héllo")
println(read(io, Char), read(io, Char), position(io), " ", read(io, String), eof(io))
seek(io, 0)
println(read(io, UInt8), " ", read(io, 2), " ", peek(io), " ", bytesavailable(io))
seekstart(io)
println(read(io), " ", length(read(io)))
println(readuntil(IOBuffer("key=value"), '='), " ", readuntil(IOBuffer("key=value"), "=v"; keep = true))
println(readlines(IOBuffer("a\nb"); keep = true), " ", countlines(IOBuffer("a\nb\nc")))
try
    read(IOBuffer(""), UInt8)
catch e
    println(e isa EOFError)
end
