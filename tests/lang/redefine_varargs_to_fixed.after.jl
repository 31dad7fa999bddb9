main(String[])
describe(a) = string("one ", a)
main(String[])
describe(a, b) = string("two ", a, b)
main(String[])
Base.delete_method(which(describe, (Int64, Int64, Int64)))
try
    main(String[])
catch e
    println(typeof(e), " ", e.args)
end
describe(a::Int64, b::Int64, c::Int64) = "three"
main(String[])
describe(a::Vararg{Int64,3}) = "exactly three"
main(String[])
describe(a::Int64...) = "integers"
