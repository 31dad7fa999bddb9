# Which method is called: all arguments count, the most specific signature wins, and what fits none or two is an error.

abstract type Animal end
abstract type Pet <: Animal end
struct Dog <: Pet
    name::String
end
struct Cat <: Pet
    name::String
end
struct Wolf <: Animal end

meet(a, b) = "anything"
meet(a::Animal, b::Animal) = "animals"
meet(a::Pet, b::Pet) = "pets"
meet(a::Dog, b::Cat) = "chase"
meet(a::Cat, b::Union{Dog,Wolf}) = "flee"

kind(x::Int64) = "integer"
kind(x::Float64) = "float"
kind(x::Union{Int64,Float64}...) = "numbers"
kind(x::String, rest...) = "text and $(length(rest))"
kind() = "nothing"

both(a::Int64, b) = 1
both(a, b::Int64) = 2

first_of(v::Vector{Int64}) = "integers"
first_of(v::Vector{Float64}) = "floats"
first_of(v::Vector) = "others"

describe(x; loud = false) = loud ? "LOUD" : "quiet"

# Through values whose types are only known when it runs.
function tour(things)
    seen = String[]
    for a in things, b in things
        push!(seen, meet(a, b))
    end
    return seen
end

function error_of(f)
    try
        f()
        return "none"
    catch e
        return string(typeof(e))
    end
end

function (@main)(args)
    for line in tour(Any[Dog("a"), Cat("b"), Wolf(), 1])
        println(line)
    end
    println(kind(1), ", ", kind(1.5), ", ", kind(1, 2.0), ", ", kind("a"), ", ", kind("a", 1, 2), ", ", kind())
    println(both(1, "x"), " ", both("x", 1), " ", error_of(() -> both(1, 1)))
    println(first_of([1]), ", ", first_of([1.0]), ", ", first_of(["a"]))
    println(describe(1), " ", describe(1; loud = true))
    println(error_of(() -> kind('c')), " ", error_of(() -> meet(1)))
    return 0
end
