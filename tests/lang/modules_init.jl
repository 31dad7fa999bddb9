# `__init__`: called when the outermost module is complete, inner modules first; in a process that starts from an image,
# before `main`.

module Outer
const log = String[]
count = 0
function __init__()
    push!(log, "outer")
    global count += 1
end
module Inner
import ..log
const table = Dict{Symbol,Int}()
function __init__()
    push!(log, "inner")
    table[:seen] = 1
    later()
end
later() = push!(log, "later")
module Innermost
import ..log
end
end
module Second
import ..log
__init__() = push!(log, "second")
end
push!(log, "body")
end

module Lazy
made = false
__init__() = eval(:(fresh() = 42))
end

module Brought
import ..Outer: __init__
end

baremodule Bare
import Base
const cell = Base.Ref(0)
__init__() = Base.setindex!(cell, 7)
end

function (@main)(args)
    println(filter(!=("body"), Outer.log), " ", Outer.count, " ", Outer.Inner.table)
    println(Lazy.fresh(), " ", Bare.cell[])
    try
        Core.eval(Main, :(module Failing
            __init__() = error("not today")
        end))
    catch e
        println(e isa LoadError, " ", typeof(e), ": ", sprint(showerror, e))
    end
    println(isdefined(Main, :Failing))
    Core.eval(Main, :(module Fine
        const v = Int[]
        __init__() = push!(v, 5)
    end))
    println(Core.eval(Main, :(Fine.v)))
    return 0
end
