# Evaluation, macros and generators in a program that starts at its main: also from an image.
using Printf
macro double(x) :(2 * $(esc(x))) end
"Kept in the image."
documented_here(x) = @double x
@generated function width(t::Tuple)
    n = fieldcount(t)
    :($n)
end
const table = Dict{Symbol,Int}()
macro entry(name, v)
    table[name] = v
    nothing
end
@entry one 1
@enum Level low high
Base.@kwdef struct Config
    name::String = "default"
    level::Level = low
end
module Plugin
value = 1
end
function (@main)(args)
    println(documented_here(4), " ", width((1, 2, 3)), " ", table[:one])
    println(eval(:(1 + @double 5)))
    eval(:(newfun(x) = x + 100))
    println(eval(:(newfun(1))))
    println(eval(:(width((1, "a")))))
    Core.eval(Plugin, :(value = 7))
    println(Plugin.value)
    println(Plugin.eval(:(value + 1)))
    @printf("%05.2f %s\n", 3.14159, Config(level=high).level)
    print(@doc documented_here)
    eval(:(@doc "late doc" late(x) = 1))
    print(eval(:(@doc late)))
    eval(:(module Late; g() = 5; end))
    println(eval(:(Late.g())))
    println(include_string(Main, "struct FromText; a::Int; end; FromText(3).a"))
    println(Meta.parse("f(x)").head, " ", gensym() isa Symbol, " ", instances(Level))
    eval(:(macro late_macro(x) :($(esc(x)) - 1) end))
    println(eval(:(@late_macro 10)))
    return 0
end
