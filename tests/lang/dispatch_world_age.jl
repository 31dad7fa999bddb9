# A running function sees the world it was called in; top level and `invokelatest` see the newest.
function define_and_call()
    eval(:(late(x) = x + 1))
    try
        return late(1)
    catch e
        return typeof(e)
    end
end
println(define_and_call())
println(late(1))

function define_and_call_latest()
    eval(:(later(x) = 10x))
    return Base.invokelatest(later, 2)
end
println(define_and_call_latest())

version() = 1
function replace_while_running()
    before = version()
    eval(:(version() = 2))
    same = version()
    newest = Base.invokelatest(version)
    through_eval = eval(:(version()))
    return (before, same, newest, through_eval)
end
println(replace_while_running())
println(version())

function world_grows()
    a = Base.get_world_counter()
    eval(:(another() = 1))
    b = Base.get_world_counter()
    return b > a
end
println(world_grows())

callback(f) = f(3)
function make_and_pass()
    f = eval(:(x -> x + 100))
    try
        callback(f)
    catch e
        return (typeof(e), Base.invokelatest(callback, f))
    end
end
println(make_and_pass())

function loop()
    results = Any[]
    for k in 1:3
        eval(:(in_loop() = $k))
        push!(results, Base.invokelatest(in_loop))
    end
    return results
end
println(loop())
