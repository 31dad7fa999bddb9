# Macros across modules: qualified, exported, imported, calling each other.
module A
export @exported, @usesother
macro exported(x) :(string("A:", $(esc(x)))) end
macro hidden(x) :("hidden " * string($(esc(x)))) end
macro usesother(x) :(@hidden $(esc(x))) end
module Inner
macro deep() "deep" end
end
end
module B
using ..A
import ..A: @hidden
go() = (@exported(1), @hidden(2), @usesother(3))
end
println(B.go())
println(A.@exported "x")
println(A.@hidden "y")
println(@A.hidden "z")
println(A.Inner.@deep)
using .A
println(@exported 5)
println(@usesother 6)
import .A: @hidden
println(@hidden 7)
module C
import ..A
macro wrap(x) :(A.@hidden $(esc(x))) end
end
println(C.@wrap 8)
# a macro is a function of a name with @
println(A.var"@hidden" isa Function)
