struct Broken <: Exception
    part::String
    count::Int64
end
throw(Broken("wheel", 2))
