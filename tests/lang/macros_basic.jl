# User macros: arguments as code, several methods, varargs, defaults, __source__ and __module__.
macro twice(ex)
    quote
        $(esc(ex))
        $(esc(ex))
    end
end
n = 0
@twice n += 1
println(n)

macro kind(x::Symbol) "symbol $x" end
macro kind(x::Int) "int $x" end
macro kind(x::Expr) "expr $(x.head)" end
macro kind(x::String) "string $x" end
macro kind(x, y) "two" end
macro kind(x::QuoteNode) "quote $(x.value)" end
println(@kind a)
println(@kind 1)
println(@kind a + b)
println(@kind "s")
println(@kind 1 2)
println(@kind :q)

macro count(args...) length(args) end
println(@count)
println(@count a b c)
println(@count(a, b))
println(@count a, b)

macro opt(a, b=10) :($(esc(a)) + $b) end
println(@opt 1)
println(@opt 1 2)

macro where_am_i()
    (__source__.line, string(__module__))
end
println(@where_am_i)

macro nothing_at_all() end
println(@nothing_at_all)

macro lit(x) x isa Float64 ? :float : typeof(x) end
println(@lit 2)
println(@lit true)
println(@lit 'c')

# a macro used inside a function is expanded once
macro noisy() println("expanding"); 1 end
g() = @noisy() + 1
println(g()); println(g())

# in a condition, an argument, an index
v = [10, 20]
macro one() 1 end
println(v[@one], " ", @one() == 1 ? "yes" : "no")
