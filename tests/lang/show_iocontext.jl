# Properties of a stream.
io = IOContext(stdout, :compact => true, :limit => false)
println(get(io, :compact, nothing), " ", get(io, :limit, 1), " ", get(io, :other, :default), " ", get(stdout, :compact, 2))
println(haskey(io, :limit), " ", haskey(io, :nothing_here), " ", haskey(stdout, :limit))
println((:compact => true) in io, " ", io[:compact])
inner = IOContext(io, :compact => false)
println(get(inner, :compact, nothing), " ", get(inner, :limit, nothing))
println(sprint(show, 1 / 3), " ", sprint(show, 1 / 3; context = :compact => true), " ", sprint(show, 2 / 3, context = io))
println(repr(1 / 3; context = :compact => true), " ", repr([1.0, 1 / 3]))
struct Shy end
Base.show(io::IO, ::Shy) = print(io, get(io, :loud, false) ? "SHY" : "shy")
println(Shy(), " ", sprint(show, Shy(); context = :loud => true), " ", [Shy()])
show(IOContext(stdout, :loud => true), (Shy(), [Shy()])); println()
