# Names in a macro's result mean what they mean where it was written; esc gives parts back to the caller.
macro swap(a, b)
    quote
        tmp = $(esc(a))
        $(esc(a)) = $(esc(b))
        $(esc(b)) = tmp
    end
end
function f()
    tmp = 1
    other = 2
    @swap tmp other
    (tmp, other)
end
println(f())

module Lib
helper(x) = "Lib.helper($x)"
const secret = 42
macro callhelper(x) :(helper($(esc(x)))) end
macro getsecret() :secret end
macro setlocal(x)
    quote
        local v = $(esc(x))
        v * 2
    end
end
macro deffun(name, val)
    quote
        function $(esc(name))()
            inner = $(esc(val))
            inner + 1
        end
    end
end
macro defstruct(name)
    esc(quote
        struct $name
            x::Int
        end
    end)
end
macro loop(n, body)
    quote
        for i in 1:$(esc(n))
            $(esc(body))
        end
    end
end
macro lambda(x) :(y -> y + $(esc(x))) end
macro kw(x) :(sort([3, 1, 2]; rev = $(esc(x)))) end
macro tr(x)
    quote
        try
            $(esc(x))
        catch err
            "caught"
        end
    end
end
macro letx(x) :(let a = 1, b = $(esc(x)); a + b end) end
macro comp(n) :([i * k for i in 1:$(esc(n)) for k in 1:2 if i != k]) end
macro nt(x) :((a = 1, b = $(esc(x)))) end
macro exposes(name) :($(esc(name)) = 99) end
end

helper(x) = "Main.helper"
secret = 0
println(Lib.@callhelper 1)
println(Lib.@getsecret)
v = 7
println(Lib.@setlocal(v + 1), " ", v)
Lib.@deffun five 4
println(five())
Lib.@defstruct Pt
println(Pt(3).x)
i = 100
total = 0
Lib.@loop 3 (global total += i)
println(total)
y = 5
println((Lib.@lambda y)(1))
println(Lib.@kw true)
println(Lib.@tr error("x"))
a = 10
println(Lib.@letx a)
println(Lib.@comp 3)
println(Lib.@nt 2)
Lib.@exposes zz
println(zz)
err = "mine"
println(Lib.@tr err)
