# `invoke` calls the method for given types, whatever the arguments are.
area(x) = "any"
area(x::Number) = "number"
area(x::Int64) = string("int after ", invoke(area, Tuple{Number}, x))
area(x::Integer, y::Integer) = "two integers"
area(x, y) = "two"
println(area(1), "; ", invoke(area, Tuple{Any}, 1), "; ", invoke(area, Tuple{Int64}, 1))
println(invoke(area, Tuple{Any,Any}, 1, 2), "; ", area(1, 2))

power(x; by=2) = x^by
power(x::Int64; by=3) = (invoke(power, Tuple{Any}, x; by=by), x^by)
println(power(2), " ", power(2; by=4), " ", power(1.5), " ", invoke(power, Tuple{Any}, 3))

abstract type Animal end
struct Dog <: Animal end
describe(a::Animal) = "an animal"
describe(d::Dog) = string("a dog, ", invoke(describe, Tuple{Animal}, d))
println(describe(Dog()))
try
    invoke(area, Tuple{String}, 1)
catch e
    println(typeof(e))
end
try
    invoke(area, Tuple{Int64,Int64,Int64}, 1, 2, 3)
catch e
    println(typeof(e))
end
variadic(xs...) = length(xs)
variadic(x::Int64) = "one"
println(invoke(variadic, Tuple{Vararg{Any}}, 1), " ", variadic(1), " ", Base.invokelatest(variadic, 1, 2))
println(Base.invokelatest(power, 2; by=5))
