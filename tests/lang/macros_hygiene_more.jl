# Macros that make macros, closures, named tuples, types of their module, returns and chains.
# macros that make macros
macro defmac(name, v)
    esc(quote
        macro $name(e)
            v = $v
            :($e + $v)
        end
    end)
end
@defmac plus7 7
println(@plus7 3)
# a macro that makes a macro without esc of its body
macro defconst(name, v)
    :(macro $(esc(name))()
        $(esc(v))
    end)
end
@defconst nine 9
println(@nine)
# locals of several kinds
macro multi(e)
    quote
        local a, b = 1, 2
        local c::Int = a + b
        (a, b, c, $(esc(e)))
    end
end
a = b = c = 0
println(@multi((a, b, c)))
# named tuples, field access, broadcasting
macro nt(e)
    quote
        v = $(esc(e))
        nt = (v=v, w=v .+ 1)
        (nt.v, nt.w, (; v=1).v)
    end
end
v = [5]; w = 0
println(@nt v)
# closures counting
macro counterfn()
    quote
        let n = 0
            () -> (n += 1)
        end
    end
end
n = 50
c1 = @counterfn
c2 = @counterfn
c1(); c1()
println(c1(), " ", c2(), " ", n)
# type assertions and declared types of the caller and of the macro
module M
struct Hidden end
const limit = 3
macro typed(x)
    quote
        y::Float64 = $(esc(x))
        y isa Float64, limit, $(esc(:limit))
    end
end
macro mine()
    :(Hidden())
end
end
limit = "caller"
g() = M.@typed 2
println(g())
println(typeof(M.@mine) === M.Hidden)
# nested quotes
macro code(e)
    QuoteNode(e)
end
println((@code x + 1) == :(x + 1))
# loops and outer names
macro triangle(n)
    quote
        let s = 0
            for i in 1:$(esc(n)), j in 1:i
                j == 3 && continue
                s += j
            end
            s
        end
    end
end
i = 4; s = 1
println(@triangle(i), " ", i, " ", s)
# splatting and varargs functions
macro vf(name)
    quote
        function $(esc(name))(first, rest...; kw...)
            (first, rest, length(kw))
        end
    end
end
@vf gather
println(gather(1, 2, 3; z=1))
# ternaries, chains, short circuits
macro clampto(x, lo, hi)
    quote
        x = $(esc(x))
        lo = $(esc(lo)); hi = $(esc(hi))
        lo <= x <= hi ? x : x < lo ? lo : hi
    end
end
x, lo, hi = 15, 0, 10
println(@clampto(x, lo, hi), " ", @clampto(hi, x, lo + 20))
# return in macro results
macro return_if(c, v)
    :(if $(esc(c)); return $(esc(v)); end)
end
function early(x)
    @return_if x > 0 "positive"
    "other"
end
println(early(1), " ", early(-1))
# string macro with interpolation through parse
macro fmt_str(s)
    esc(Meta.parse(string('"', s, '"')))
end
name = "world"
println(fmt"hello $name $(1 + 1)")
# abstract and primitive types, const tables
macro family(base, kids...)
    Expr(:block, :(abstract type $(esc(base)) end),
        [:(struct $(esc(k)) <: $(esc(base)) end) for k in kids]..., nothing)
end
@family Animal Cat Dog
println(Cat <: Animal, " ", Dog() isa Animal)
