# How numbers, characters and strings are written.
println(1_000_000, " ", 1_0.5, " ", 1e3, " ", .5, " ", 2., " ", 0x1p3, " ", 1.5f2)
println('a', '\n' == '\u0a', 'é', '\x41', '\u00e9', '\U1F600')
println("tab\tquote\"backslash\\dollar\$")
println("""
    indented
      more
    less""")
println("a" * "b", " ", "ab"^3)
println(2(3 + 4), " ", 2^3^2, " ", -2^2, " ", 3(2)^2)
x = 5
println(2x, " ", 2x^2, " ", -x, " ", 1.5x)
println(typeof(1), " ", typeof(1.0), " ", typeof('a'), " ", typeof("a"), " ", typeof(:a), " ", typeof(nothing), " ", typeof(true))
