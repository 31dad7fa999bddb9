# Common types: of unions with nothing and missing, of pairs, arrays and ranges; and conversion to unions.

function (@main)(args)
    println(promote_type(Union{Nothing,Int}, Float64))
    println(promote_type(Union{Missing,Int}, Union{Missing,Float64}))
    println(promote_type(Union{Nothing,Missing,Int8}, Int16))
    println(promote_type(Nothing, Int), " ", promote_type(Missing, String))
    println(promote_type(Pair{Int,Float64}, Pair{Int8,Int}))
    println(promote_type(Vector{Int}, Vector{Float64}), " ", promote_type(Vector{Int}, Matrix{Int}))
    println(promote_type(UnitRange{Int}, UnitRange{Int8}), " ", promote_type(UnitRange{Int}, StepRange{Int,Int}))
    println(promote_type(Base.OneTo{Int}, UnitRange{Int}), " ", promote_type(Int, String))
    println(typeof([1:2, Base.OneTo(3)]), " ", [1:2, 1:2:5])
    println(typeof([[1], [2.5]]), " ", typeof([1 => 2, 3 => 4.5]), " ", typeof([nothing, 1]), " ", typeof([missing, 1, 2.5]))
    println(convert(Union{Nothing,Float64}, 1), " ", convert(Union{Missing,Int8}, 3.0), " ", convert(Union{Nothing,Int}, nothing))
    try
        convert(Union{Nothing,Int}, "x")
    catch e
        println(typeof(e))
    end
    a = Union{Nothing,Float64}[1, nothing, 2]
    push!(a, 7)
    println(a)
    println(eltype(3), " ", first(3), last(3), 3[1], 3[], " ", isempty(3), " ", collect(keys(4)))
    try
        3[2]
    catch e
        println(sprint(showerror, e))
    end
    return 0
end
