# `getproperty`, `setproperty!` and `propertynames` of a type come after compiled code used its fields.
mutable struct Celsius
    degrees::Float64
end
warm(t) = (t.degrees += 10; t.degrees)
fahrenheit(t) = try
    t.fahrenheit
catch e
    "none"
end
report() = (t = Celsius(10.0); (warm(t), fahrenheit(t), propertynames(t), hasproperty(t, :fahrenheit)))

function (@main)(args)
    println(report())
    return 0
end
