# A method with keywords is replaced by one with other defaults and more keywords.
greet(name; word="Hello", mark="!") = string(word, ", ", name, mark)
many() = string(greet("a"), " ", greet("b"; word="Hi"), " ", greet("c", mark="?"))

function (@main)(args)
    println(many())
    return 0
end
