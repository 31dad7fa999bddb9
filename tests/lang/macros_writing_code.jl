# Macros that write accessors, caches, unrolled loops, pipes and methods.
# functions with types in results; operators; getproperty; setindex
macro accessors(T, fields...)
    defs = map(fields) do f
        getter = Symbol("get_", f)
        setter = Symbol("set_", f, "!")
        quote
            $(esc(getter))(obj::$(esc(T))) = obj.$f
            $(esc(setter))(obj::$(esc(T)), value) = (obj.$f = value; obj)
        end
    end
    Expr(:block, defs...)
end
mutable struct Pt; x; y; end
@accessors Pt x y
p = Pt(1, 2)
set_x!(p, 10)
println(get_x(p), " ", get_y(p))
macro bumpat(arr, i)
    quote
        a = $(esc(arr))
        idx = $(esc(i))
        a[idx] += 1
        a[end] *= 2
        a
    end
end
a = [1, 2, 3]; idx = 2
println(@bumpat(a, idx))
macro memo(def)
    name = def.args[1].args[1]
    arg = def.args[1].args[2]
    cache = gensym("cache")
    quote
        const $(esc(cache)) = Dict{Any,Any}()
        function $(esc(name))($(esc(arg)))
            get!($(esc(cache)), $(esc(arg))) do
                $(esc(def.args[2]))
            end
        end
    end
end
@memo fibm(n) = n < 2 ? n : fibm(n - 1) + fibm(n - 2)
println(fibm(50))
macro unroll(n, var, body)
    Expr(:block, [:(let $(esc(var)) = $k; $(esc(body)); end) for k in 1:n]...)
end
acc = Int[]
@unroll 3 k push!(acc, k^2)
println(acc)
macro withvars(block)
    names = [a.args[1] for a in block.args if a isa Expr && a.head == :(=)]
    quote
        $(esc(block))
        Dict($([:($(QuoteNode(n)) => $(esc(n))) for n in names]...))
    end
end
d = @withvars begin
    aa = 1
    bb = aa + 1
end
println(d[:aa], d[:bb])
macro pipe(x, fs...)
    foldl((acc, f) -> :($(esc(f))($acc)), fs; init=esc(x))
end
println(@pipe 4 sqrt string length)
macro cond(args...)
    foldr((pair, rest) -> :($(esc(pair.args[2])) ? $(esc(pair.args[3])) : $rest), args; init=nothing)
end
z = 5
println(@cond(z < 3 => "small", z < 10 => "medium", true => "large"))
macro tryfinally(e, f)
    quote
        local result
        try
            result = $(esc(e))
        finally
            $(esc(f))
        end
        result
    end
end
result = "mine"
println(@tryfinally(1 + 1, println("finally")), " ", result)
macro assertpos(e)
    :(let v = $(esc(e))
        v > 0 || throw(ArgumentError(string($(string(e)), " is ", v)))
        v
    end)
end
try
    v = -3
    @assertpos v
catch e
    println(e.msg)
end
macro dotted(x)
    :(sin.($(esc(x))) .+ abs.($(esc(x)))[1])
end
println(@dotted [0.0])
macro isdef(s)
    :((@isdefined hidden_thing), $(esc(:(@isdefined $s))))
end
println(@isdef z)
macro lineof()
    __source__.line
end
println(@lineof)
macro modof()
    __module__
end
module Inner
import ..@modof
println(@modof)
end
macro ntup(names...)
    Expr(:tuple, [Expr(:(=), n, esc(n)) for n in names]...)
end
q1 = 1; q2 = "b"
println(@ntup q1 q2)
macro structfn(T)
    quote
        (obj::$(esc(T)))(k) = obj.x + k
        Base.length(::$(esc(T))) = 2
        Base.iterate(obj::$(esc(T)), state=1) = state > 2 ? nothing : (getfield(obj, state), state + 1)
    end
end
@structfn Pt
println(p(5), " ", collect(p), " ", length(p))
