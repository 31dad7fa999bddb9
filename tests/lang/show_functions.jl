# Functions print as their names.
f(x) = x
println(f, " ", sin, " ", +, " ", typeof(f), " ", [f, sin], " ", (f, +), " ", println, " ", f => +, " ", Any[f], " ", typeof)
println(string(f), " ", repr(sin), " ", "$f", " ", f ∘ sin)
