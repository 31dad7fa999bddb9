main(String[])
Base.:(==)(a::Name, b::Name) = a.text == b.text
println(Name("ann", 9) in people, " ", Name("ann", 1) != Name("ann", 2))
Base.hash(a::Name, h::UInt) = hash(a.text, h)
main(String[])
const old = Dict(Name("cid", 1) => "x")
println(haskey(old, Name("cid", 2)), " ", old[Name("cid", 7)])
Base.:(==)(a::Name, b::Name) = a.id == b.id
Base.hash(a::Name, h::UInt) = hash(a.id, h)
main(String[])
Base.isequal(a::Name, b::Name) = a === b
