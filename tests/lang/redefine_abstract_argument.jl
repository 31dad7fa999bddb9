# Calls whose argument types inference does not know choose among the methods there are when they run.
abstract type Animal end
struct Dog <: Animal end
struct Cat <: Animal end
sound(::Animal) = "..."
sound(::Dog) = "woof"
chorus(animals) = join([sound(a) for a in animals], " ")
const farm = Animal[Dog(), Cat()]

function (@main)(args)
    println(chorus(farm), " / ", chorus(Any[Cat()]), " / ", chorus([Dog()]))
    return 0
end
