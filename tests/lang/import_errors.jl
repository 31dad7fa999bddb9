# Modules that are not there, and names that a module does not have.
for path in (:(using .NoSuchModule), :(using Base.NoSuchPart), :(using ..NoSuchModule: a))
    try
        eval(path)
        println("imported")
    catch err
        println(err)
    end
end
module Few
a = 1
export b
end
import .Few: a, missing_name
println(a)
try
    missing_name
catch err
    println(err)
end
println(InitError(:Few, ErrorException("x")).mod)
