# A hierarchy, and methods at each level.
abstract type Animal end
abstract type Pet <: Animal end
struct Dog <: Pet
    name::String
end
struct Cat <: Pet end
struct Wolf <: Animal end
noise(a::Animal) = "..."
noise(d::Dog) = "Woof"
noise(c::Cat) = "Meow"
describe(a::Animal) = "wild: " * noise(a)
describe(p::Pet) = "pet: " * noise(p)
for a in (Dog("Rex"), Cat(), Wolf())
    println(describe(a))
end
meet(a::Animal, b::Animal) = "ignore"
meet(a::Pet, b::Pet) = "sniff"
meet(a::Dog, b::Cat) = "chase"
println(meet(Dog("a"), Cat()), " ", meet(Cat(), Dog("a")), " ", meet(Wolf(), Cat()))
println(Dog <: Pet, Dog <: Animal, Cat <: Wolf, isa(Dog("x"), Pet), Dog("x") isa Wolf)
println(supertype(Dog), " ", supertype(Animal))
v = Animal[Dog("a"), Wolf()]
println(length(v), " ", typeof(v))
