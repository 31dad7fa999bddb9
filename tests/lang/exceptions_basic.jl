# throw, catch, rethrow; the value of try.
function risky(n)
    n == 1 && error("message ", 1)
    n == 2 && throw(ArgumentError("bad argument"))
    n == 3 && throw(DomainError(-1, "must be positive"))
    n == 4 && [1, 2][5]
    n == 5 && throw("a string")
    n == 6 && Int8(300)
    n == 7 && sqrt(-1)
    n == 8 && undefined_name
    n == 9 && "a" + 1
    n == 10 && (1)::String
    return "fine"
end
for n in 0:10
    r = try
        risky(n)
    catch e
        typeof(e)
    end
    println(n, " ", r)
end
function again()
    try
        error("inner")
    catch e
        println("caught ", e.msg)
        rethrow()
    end
end
try
    again()
catch e
    println("outer ", e.msg)
end
try
    try
        error("first")
    catch
        error("second")
    end
catch e
    println(e.msg)
end
struct MyError <: Exception
    code::Int64
end
try
    throw(MyError(7))
catch e
    e isa MyError && println("code ", e.code)
end
println(try 1 catch; 2 end, " ", try error("x") catch; 2 end)
