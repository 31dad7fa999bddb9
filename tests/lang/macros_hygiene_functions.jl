# Hygiene of functions, keywords and locals that macros make.
# functions a macro makes: keyword arguments, defaults, closures
macro defkw(name)
    quote
        function $(esc(name))(a, b=a + 1; scale=2, offset=scale, rest...)
            inner(x) = x * scale + offset
            total = inner(a) + b
            (total, rest)
        end
    end
end
@defkw calc
println(calc(1)[1])
println(calc(1, 5; scale=3)[1])
println(calc(1, 5; scale=3, offset=0, other=7)[1])

# keyword names given by the caller
macro with_kw(f, name, value)
    :($(esc(f))(; $(Expr(:kw, name, esc(value)))))
end
show_kw(; kw...) = println(collect(kw)[1])
value = 10
@with_kw show_kw alpha value + 1

macro kwdefn(f, name)
    quote
        $(esc(f))(x; $(Expr(:kw, esc(name), 4))) = x + $(esc(name))
    end
end
@kwdefn addk step
println(addk(1), " ", addk(1; step=10))

# locals and globals of results
x = "caller"
macro localx()
    quote
        local x = "macro"
        x
    end
end
println(@localx(), " ", x)
macro setx(v)
    quote
        global x
        x = $(esc(v))
    end
end
@setx "set"
println(x)
# nested macros
macro inner(e)
    :(let t = 3; $(esc(e)) + t; end)
end
macro outer(e)
    :(let t = 100; @inner($(esc(e))) + t; end)
end
t = 1
println(@outer(t))
