# Expressions as nested lists.
Base.show_sexpr(:(f(x, "a", 1.5))); println()
Base.show_sexpr(:x); println()
Base.show_sexpr(Base.remove_linenums!(quote a; 'c'; f(b) end)); println()
Base.show_sexpr(:(a.b)); println()
Base.show_sexpr(:(g(:s))); println()
Base.show_sexpr(Base.remove_linenums!(:(if a; b; else c end))); println()
