# @enum: values, names, order, conversion.
@enum Fruit apple=1 orange=2 kiwi=3
@enum Color red green blue
@enum Small::UInt8 begin
    a = 5
    b
    c = 10
end
println(apple, " ", Fruit(2), " ", Int(kiwi), " ", red, " ", Int(blue))
println(typeof(apple), " ", apple isa Fruit, " ", Fruit <: Enum)
println(instances(Color))
println(apple < orange, " ", apple == Fruit(1), " ", apple === orange)
println(Int(b), " ", typeof(Integer(a)))
println(Symbol(green), " ", string(kiwi))
try
    Fruit(9)
catch e
    println(typeof(e), " ", e.msg)
end
d = Dict(red => 1)
println(d[red])
println(sort([kiwi, apple, orange]))
println(typemin(Fruit), typemax(Fruit))
f(x::Fruit) = x === apple ? "is apple" : "no apple"
println(f(apple), " ", f(kiwi))
println([c for c in instances(Small)])
for c in (red, blue)
    println(c == red ? 1 : 2)
end
