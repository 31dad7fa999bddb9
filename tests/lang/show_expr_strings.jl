# Strings with values in them, string macros, and text in expressions.
println(:("a $b c"))
println(:("a $(b + c)$(d)"))
println(:("say \"$x\" \$ \\ \n"))
println(:(f("a", 'c', "x\ty")))
println(:("plain"))
println(repr(:("a$b")), " ", repr(:(x * "y")))
