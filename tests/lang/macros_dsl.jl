# Small languages in macros: pattern dispatch on Expr, code walking, state.
function walk(f, ex)
    ex isa Expr ? f(Expr(ex.head, map(a -> walk(f, a), ex.args)...)) : f(ex)
end
macro replace_plus(ex)
    esc(walk(x -> x === :+ ? :* : x, ex))
end
println(@replace_plus 3 + 4 + 1)
macro pipe(x, stages...)
    acc = x
    for s in stages
        acc = s isa Symbol ? :($s($acc)) : Expr(:call, s.args[1], acc, s.args[2:end]...)
    end
    esc(acc)
end
println(@pipe 16 sqrt Int string(" units"))
macro match(value, cases)
    v = gensym("v")
    ex = :(error("no match"))
    for c in reverse(filter(c -> !(c isa LineNumberNode), cases.args))
        pat, body = c.args[2], c.args[3]
        cond = pat === :_ ? true : :($v == $pat)
        ex = :($cond ? $body : $ex)
    end
    esc(:(let $v = $value; $ex end))
end
describe(n) = @match n begin
    1 => "one"
    2 => "two"
    _ => "many"
end
println(describe(1), describe(2), describe(7))
const registry = Dict{Symbol,Int}()
macro register(name, v)
    registry[name] = v
    nothing
end
@register foo 1
@register bar 2
println(registry[:foo] + registry[:bar])
macro memo(def)
    call, body = def.args
    name, arg = call.args
    quote
        let cache = Dict()
            global function $(esc(name))($(esc(arg)))
                get!(cache, $(esc(arg))) do
                    $(esc(body))
                end
            end
        end
    end
end
@memo fibm(n) = n < 2 ? n : fibm(n - 1) + fibm(n - 2)
println(fibm(30))
macro timesn(n, ex)
    quote
        local r = nothing
        for _ in 1:$(esc(n))
            r = $(esc(ex))
        end
        r
    end
end
cnt = 0
@timesn 4 (global cnt += 1)
println(cnt)
macro poly(x, cs...)
    ex = 0
    for c in reverse(cs)
        ex = :($ex * $(esc(x)) + $(esc(c)))
    end
    ex
end
println(@poly 2 1 2 3)
macro named(args...)
    Expr(:call, :Dict, [Expr(:call, :(=>), string(a), esc(a)) for a in args]...)
end
p = 1; q = 2
dd = @named p q
println(dd["p"], dd["q"])
