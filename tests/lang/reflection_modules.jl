# Modules: names, owners of bindings, constants.
module Outer
export shown, Kind
const fixed = 3
shown() = 1
hidden() = 2
struct Kind end
module Inner
value = 1
end
variable = 2
end
using .Outer
println(names(Outer))
println(filter(n -> !startswith(string(n), "#") && !(n in (:eval, :include)), names(Outer, all=true)))
println(nameof(Outer.Inner), " ", parentmodule(Outer.Inner), " ", parentmodule(Outer), " ", fullname(Outer.Inner))
println(isconst(Outer, :fixed), " ", isconst(Outer, :variable), " ", isconst(Outer, :shown))
println(parentmodule(Kind), " ", parentmodule(shown), " ", nameof(Kind))
println(Base.binding_module(Main, :shown), " ", Base.binding_module(Main, :sum))
println(isdefined(Outer, :hidden), " ", isdefined(Main, :hidden), " ", isdefined(Main, :shown), " ", isdefined(Outer.Inner, :value))
println(Outer.Inner.value, " ", getfield(Outer, :fixed))
println(Base.isexported(Outer, :shown), " ", Base.isexported(Outer, :hidden))
println(which(Main, :shown))
try
    which(Outer, :absent)
catch e
    println(typeof(e))
end
