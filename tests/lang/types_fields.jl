# The fields of type objects, also of types with free variables, whose supertype nobody asked for before.

abstract type Round{T} end
struct Oval{T<:Real} <: Round{T}
    a::T
    b::Vector{T}
end
struct Ring{T} <: Round{Oval{T}}
    inner::Oval{T}
end

above(x) = getfield(x, :super)
fields_of(x) = getfield(x, :types)
twice(T) = T.body.super.super
instance_of(T) = T.instance

function (@main)(args)
    println(nameof(above(Oval.body)), " ", above(Oval.body).parameters[1] === Oval.var)
    println(nameof(above(Ring.body)), " ", above(Ring.body).parameters[1].name)
    println(twice(Oval))
    println(length(fields_of(Oval.body)), " ", fields_of(Oval{Int}))
    println(fields_of(Tuple{Int,Vararg{String}}), " ", fields_of(Tuple{}))
    println(fields_of(Real), " ", fields_of(@NamedTuple{a::Int}))
    println(isdefined(Oval.body, :super), " ", isdefined(Oval.body, :types), " ", isdefined(Oval{Int}, :instance))
    println(instance_of(Nothing) === nothing)
    try
        instance_of(Oval{Int})
    catch e
        println(typeof(e))
    end
    return 0
end
