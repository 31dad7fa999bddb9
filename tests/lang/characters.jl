# Characters: code points, order, arithmetic, classes.
println('a' + 1, " ", 'z' - 'a', " ", 'c' - 1)
println(Int('a'), " ", Char(97), " ", Int('é'), " ", Int('😀'), " ", Char(0x1F600))
println('a' < 'b', " ", 'a' == 'a', " ", 'Z' < 'a', " ", 'é' > 'z')
println(isdigit('5'), isdigit('a'), isletter('x'), isletter('é'), isletter('1'), isspace(' '), isspace('\t'), isspace('x'))
println(isuppercase('A'), islowercase('A'), isuppercase('É'), uppercase('é'), lowercase('Σ'), uppercase('1'))
println(codepoint('a'), " ", typeof(codepoint('a')))
for c in 'a':'e'
    print(c)
end
println()
println('a':2:'i', " ", collect('a':2:'i'))
for c in ('\0', '\a', '\x7f', '\\', '\'', '"', '\e')
    show(c)
    print(" ")
end
println()
