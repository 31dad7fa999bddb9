# Dynamic calls through one site: many receivers, redefinition between calls, types and functions as arguments.

abstract type Animal end
struct Animal1 <: Animal; weight::Int; end
weigh(a::Animal1) = a.weight + 1
struct Animal2 <: Animal; weight::Int; end
weigh(a::Animal2) = a.weight + 2
struct Animal3 <: Animal; weight::Int; end
weigh(a::Animal3) = a.weight + 3
struct Animal4 <: Animal; weight::Int; end
weigh(a::Animal4) = a.weight + 4
struct Animal5 <: Animal; weight::Int; end
weigh(a::Animal5) = a.weight + 5
struct Animal6 <: Animal; weight::Int; end
weigh(a::Animal6) = a.weight + 6
struct Animal7 <: Animal; weight::Int; end
weigh(a::Animal7) = a.weight + 7
struct Animal8 <: Animal; weight::Int; end
weigh(a::Animal8) = a.weight + 8
struct Animal9 <: Animal; weight::Int; end
weigh(a::Animal9) = a.weight + 9
struct Animal10 <: Animal; weight::Int; end
weigh(a::Animal10) = a.weight + 10
struct Animal11 <: Animal; weight::Int; end
weigh(a::Animal11) = a.weight + 11
struct Animal12 <: Animal; weight::Int; end
weigh(a::Animal12) = a.weight + 12
struct Animal13 <: Animal; weight::Int; end
weigh(a::Animal13) = a.weight + 13
struct Animal14 <: Animal; weight::Int; end
weigh(a::Animal14) = a.weight + 14
struct Animal15 <: Animal; weight::Int; end
weigh(a::Animal15) = a.weight + 15
struct Animal16 <: Animal; weight::Int; end
weigh(a::Animal16) = a.weight + 16
struct Animal17 <: Animal; weight::Int; end
weigh(a::Animal17) = a.weight + 17
struct Animal18 <: Animal; weight::Int; end
weigh(a::Animal18) = a.weight + 18
struct Animal19 <: Animal; weight::Int; end
weigh(a::Animal19) = a.weight + 19
struct Animal20 <: Animal; weight::Int; end
weigh(a::Animal20) = a.weight + 20
struct Animal21 <: Animal; weight::Int; end
weigh(a::Animal21) = a.weight + 21
struct Animal22 <: Animal; weight::Int; end
weigh(a::Animal22) = a.weight + 22
struct Animal23 <: Animal; weight::Int; end
weigh(a::Animal23) = a.weight + 23
struct Animal24 <: Animal; weight::Int; end
weigh(a::Animal24) = a.weight + 24
const KINDS = Any[Animal1, Animal2, Animal3, Animal4, Animal5, Animal6, Animal7, Animal8, Animal9, Animal10, Animal11, Animal12, Animal13, Animal14, Animal15, Animal16, Animal17, Animal18, Animal19, Animal20, Animal21, Animal22, Animal23, Animal24]

function total(animals)
    sum = 0
    for a in animals
        sum += weigh(a)
    end
    return sum
end

animals = Any[K(1000) for K in KINDS]
println(total(animals), " ", total(animals), " ", total(animals[1:1]))
for i in 1:2000
    total(animals)
end

# A redefinition is seen by the next call from the top level, through the site that was warm.
weigh(a::Animal7) = 0
println(total(animals))
weigh(a::Animal) = -1
println(total(animals))
struct Late <: Animal; end
println(total(Any[Late(), animals[7], animals[8]]))

# Types are told apart by what they are, not by their type.
describe(::Type{Int}) = "an integer type"
describe(::Type{Float64}) = "a float type"
describe(::Type{Vector}) = "vectors"
describe(::Type{T}) where {T} = "the type $T"
describe(x) = "a $(typeof(x))"
describe(::Union{Nothing,Missing}) = "nothing much"
everything(values) = [describe(v) for v in values]
values = Any[Int, Float64, String, 1, 2.0, "s", Vector, Union{Int,String}, nothing, Int, missing, Vector{Int}]
for _ in 1:3
    println(join(everything(values), ", "))
end

# The callee may be what varies, and the number of arguments.
struct Adder; n::Int; end
(a::Adder)(xs...) = a.n + sum(xs)
call(f, xs) = f(xs...)
apply3(fs, x, y) = Any[f(x, y) for f in fs]
for _ in 1:3
    println(apply3(Any[+, max, Adder(10), (a, b) -> a * b, =>, tuple], 3, 4))
end
four(fs) = Any[f(1, 2, 3, 4) for f in fs]
five(fs) = Any[f(1, 2, 3, 4, 5) for f in fs]
println(four(Any[Adder(1), +, (a, b, c, d) -> d, vcat]), five(Any[Adder(1), *, (xs...) -> length(xs)]))

# An error arrives where the site is.
caught(values) = [try weigh(v) catch e; e isa MethodError ? :none : e end for v in values]
for _ in 1:2
    println(caught(Any[animals[1], 1, animals[8], "x"]))
end
