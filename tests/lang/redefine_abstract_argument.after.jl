main(String[])
sound(::Cat) = "meow"
main(String[])
struct Cow <: Animal end
push!(farm, Cow())
main(String[])
sound(::Cow) = "moo"
sound(::Animal) = "?"
main(String[])
Base.delete_method(which(sound, (Dog,)))
main(String[])
sound(x) = "thing"
