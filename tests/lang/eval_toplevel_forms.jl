# Macros and eval that give modules, imports, exports, several statements, types and constants.
macro makemod(name)
    esc(Expr(:module, true, name, quote
        f() = "in module"
        export f
    end))
end
@makemod Made
println(Made.f())
macro both()
    esc(Expr(:toplevel, :(struct First; x::Int end), :(firstf(a::First) = a.x)))
end
@both
println(firstf(First(3)))
macro use() esc(:(using .Made)) end
@use
println(f())
macro defconst(name, v) :(const $(esc(name)) = $v) end
@defconst PI2 6
println(PI2)
macro defglobal(name, v) esc(:(global $name = $v)) end
function setg()
    @defglobal gg 4
    gg
end
println(setg())
macro deftypes(names...)
    Expr(:block, [:(abstract type $(esc(n)) end) for n in names]...)
end
@deftypes TA TB
println(TA, TB)
macro defs(names...)
    esc(Expr(:block, map(n -> :($n(x) = string($(string(n)), x)), names)...))
end
@defs alpha beta
println(alpha(1), beta(2))
module Outer
macro api(def)
    name = def.args[1].args[1]
    esc(quote
        export $name
        $def
    end)
end
@api pub(x) = x + 1
end
using .Outer
println(pub(1))
for T in (:Int32, :Int64)
    @eval bits(::Type{$T}) = $(8 * sizeof(eval(T)))
end
println(bits(Int32), bits(Int64))
if true
    @eval conditional() = "defined"
end
println(conditional())
