# What definitions are as values, the modules above modules, elements that are types, characters that are no characters.

struct Callable end

function (@main)(args)
    println(Core.eval(Main, :(f(x) = 1)))
    println(Core.eval(Main, :(Base.sin(x::String) = "s")))
    println(Core.eval(Main, :((c::Callable)(x) = x)))
    println(Core.eval(Main, :(Base.length(::Callable; a = 1) = a)))
    println(Base.invokelatest(sin, "x"), Base.invokelatest(Callable(), 2), Base.invokelatest(length, Callable()))
    println(parentmodule(Base), " ", parentmodule(Core), " ", parentmodule(Main), " ", parentmodule(Base.Iterators))
    println([Int, Vector], " ", typeof([Int, Vector]), " ", typeof([Int, Vector{Int}]), " ", typeof([Vector, Matrix]))
    println(repr('\xff'), " ", repr('\xc0'), " ", '\xe2' == "\xe2"[1], " ", '\xff' == "\xff"[1], " ", '\x41')
    return 0
end
