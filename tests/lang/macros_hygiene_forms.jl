# Every form in which a macro's result makes or uses variables.
module H
export @forloop, @defkw, @fnargs, @nested, @structm, @tryit, @whilel, @ref, @typed, @globalset, @macroq
macro forloop(a) quote let; s = 0; for (i, x) in enumerate($(esc(a))); s += i * x; end; s end end end
macro defkw(n) :($(esc(n))(x; scale = 2, offset = 1) = x * scale + offset) end
macro fnargs() quote f(a, b = 2, c...; k = 3) = (a, b, c, k); f(1, 2, 3; k = 9) end end
macro nested(x) quote let y = $(esc(x)); map(z -> z + y, [1, 2]) end end end
macro tryit(x) quote try; $(esc(x)); catch e; e isa ErrorException ? e.msg : "?"; finally; nothing; end end end
macro whilel(n) quote let k = 0; while true; k += 1; k >= $(esc(n)) && break; end; k end end end
macro ref(a, i) :($(esc(a))[$(esc(i))] += 1) end
macro typed() quote x::Int = 3; y::Float64 = x; y end end
counter = 0
macro macroq(x) QuoteNode(x) end
end
using .H
y = 100; s = 5
println(@forloop [1, 2, 3])
@defkw kwf
println(kwf(2), kwf(2; scale = 3), kwf(1; offset = 0))
println(@fnargs)
println(@nested y)
println(@tryit error("m"))
println(@whilel 4)
arr = [1, 2]; @ref arr 2; println(arr)
f() = @typed
println(f())
println((@macroq a + b) == :(a + b))
println(s)
macro dob(v) quote map($(esc(v))) do x; x * 2; end end end
println(@dob [1, 2])
macro bc(v) :(sin.($(esc(v)) .* 0) .+ 1) end
println(@bc [1.0, 2.0])
macro interp(v) :("value $($(esc(v)))!") end
println(@interp 3)
macro st(n) quote struct $(esc(n)){T<:Real}; a::T; $(esc(n))(a::T) where {T<:Real} = new{T}(a + 1); end end end
@st Sx
println(Sx(1).a)
macro gen() :(sum(i^2 for i in 1:3 if i > 1)) end
println(@gen)
macro dict(k, v) :(Dict($(QuoteNode(k)) => $(esc(v)))) end
println((@dict aa 2)[:aa])
macro destr(t) quote (p, q) = $(esc(t)); a, b = q, p; (a, b) end end
println(@destr (1, 2))
macro opm(a, b) quote $(esc(a)) => $(esc(b)), $(esc(a)) <= $(esc(b)) end end
println(@opm 1 2)
macro loc(x) quote local z; z = $(esc(x)); z end end
println(@loc 9)
macro ret(x) :(return $(esc(x))) end
g() = (@ret 5; 6)
println(g())
macro lam2() :((a, b) -> a - b) end
println((@lam2)(5, 3))
macro prop(x) :($(esc(x)).re) end
println(@prop (re = 4, im = 5))
macro vararg_call(f, args...) :($(esc(f))($(map(esc, args)...))) end
println(@vararg_call max 3 9 2)
