# Modules made and changed while a program runs.
for name in (:MA, :MB)
    eval(:(module $name
        const id = $(string(name))
        get() = id
    end))
end
println(MA.get(), MB.get())
for m in (MA, MB)
    Core.eval(m, :(extra(x) = string(id, x)))
end
println(MA.extra(1), MB.extra(2))
@eval MA module Sub
    deep = 9
end
println(MA.Sub.deep)
MA.eval(:(using .Sub: deep))
println(MA.deep)
println(MB.eval(quote
    local t = 5
    t + 1
end))
println(isdefined(MB, :t))
module User
where_eval() = eval(:(here = 3))
end
User.where_eval()
println(User.here, " ", isdefined(Main, :here))
function each_in(m, ex)
    Core.eval(m, ex)
end
println(each_in(MA, :id), each_in(MB, :id))
println(MA.eval(:(@__MODULE__)) === MA)
