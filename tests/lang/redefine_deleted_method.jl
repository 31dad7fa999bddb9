# After a method is deleted the next best one is called, or none.
size_of(x) = "any"
size_of(x::Integer) = "integer"
size_of(x::Int64) = "int"
report() = string(size_of(1), " ", size_of(Int8(1)), " ", size_of("s"))

function (@main)(args)
    println(report())
    return 0
end
