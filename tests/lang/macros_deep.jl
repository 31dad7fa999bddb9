# Endless and deep expansion ends in an error that can be caught.
# stress: 1000
macro forever(x) :(@forever $x) end
try
    eval(:(@forever 1))
catch e
    println("caught")
end
function deep(n)
    ex = :x
    for i in 1:n
        ex = Expr(:call, :-, ex)
    end
    ex
end
x = 1
println(eval(deep(100)))
try
    eval(deep(200000))
catch e
    println("caught deep")
end
cyc = Expr(:call, :f)
push!(cyc.args, cyc)
try
    eval(cyc)
catch e
    println("caught cycle")
end
macro growing(n) n == 0 ? 0 : :(1 + @growing $(n - 1)) end
println(@growing 50)
try
    eval(Meta.parse("("^100000))
catch e
    println("caught parse")
end
println("alive")
