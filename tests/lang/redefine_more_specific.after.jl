main(String[])
sound(::Cat) = "meow"
main(String[])
struct Cow end
sound(::Cow) = "moo"
println(chorus(Any[Cow(), Cat(), Dog()]))
sound(::Dog) = "WOOF"
