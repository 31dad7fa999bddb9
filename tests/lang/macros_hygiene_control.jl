# Hygiene in comprehensions, try, loops, destructuring, do blocks and anonymous functions.
# comprehensions, generators, let, try
macro squares(n)
    :([i^2 for i in 1:$(esc(n)) if isodd(i)])
end
i = 5
println(@squares(i))
macro sumg(n, e)
    :(sum($(esc(e)) + k for k in 1:$(esc(n))))
end
k = 100
println(@sumg(2, k))
macro attempt(e)
    quote
        try
            $(esc(e))
        catch err
            string("caught ", typeof(err))
        finally
            done = true
        end
    end
end
err = "outer err"
println(@attempt(error("x")), " ", err)
println(@attempt(err))
macro trysee(e, handler)
    quote
        try
            $(esc(e))
        catch $(esc(:problem))
            $(esc(handler))
        end
    end
end
println(@trysee(error("boom"), problem.msg))
macro swap(x, y)
    quote
        tmp = $(esc(x))
        $(esc(x)) = $(esc(y))
        $(esc(y)) = tmp
        nothing
    end
end
tmp = 1; other = 2
@swap tmp other
println(tmp, " ", other)
function swapped(tmp, y)
    @swap tmp y
    (tmp, y)
end
println(swapped(1, 2))
# destructuring, for loops, op-assign
macro destr(e)
    quote
        (p, q), r = $(esc(e))
        p += 1
        (r, q, p)
    end
end
p = q = r = 0
println(@destr(((1, 2), 3)), p, q, r)
macro repeatn(n, body)
    quote
        for i in 1:$(esc(n))
            $(esc(body))
        end
    end
end
i = 7
total = 0
function tot()
    i = 7; total = 0
    @repeatn 3 (total += i)
    total
end
println(tot())
macro whilelt(v, n)
    quote
        count = 0
        while $(esc(v)) < $(esc(n))
            $(esc(v)) += 1
            count += 1
        end
        count
    end
end
function cw()
    count = 2
    n = @whilelt count 10
    (count, n)
end
println(cw())
# do blocks and lambdas
macro mapped(xs, e)
    :(map($(esc(xs))) do item
        (item, $(esc(e)))
    end)
end
item = :caller
println(@mapped([1, 2], item))
macro lam(e)
    :((u, v=2; w=3) -> u + v + w + $(esc(e)))
end
u = 1000
println((@lam u)(1), " ", (@lam u)(1, 1; w=1))
