# A method for one of two types at a call site that compiled code split.
struct Cat end
struct Dog end
sound(x) = "?"
sound(::Dog) = "woof"
chorus(animals) = join([sound(a) for a in animals], " ")

function (@main)(args)
    println(chorus(Any[Cat(), Dog(), Cat()]))
    return 0
end
