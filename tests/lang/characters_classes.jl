# Classes and cases of characters.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
for c in ['a', 'Z', '5', ' ', '\n', 'é', 'ß', 'Ω', 'ǅ', '中', '٣', '½', '€', '¿', '😀', '_', '-', '+', 'ı', 'ſ', '"', '$', 'я', 'Я', 'ά']
    println(c, " ", isletter(c), " ", isdigit(c), " ", isnumeric(c), " ", isspace(c), " ", isuppercase(c), " ", islowercase(c), " ", ispunct(c), " ", iscntrl(c), " ", isprint(c), " ", isxdigit(c), " ", isascii(c), " ", isvalid(c), " ", uppercase(c), lowercase(c), titlecase(c), " ", codepoint(c), " ", ncodeunits(c), " ", c + 1, " ", c - 'a', " ", Int(c), " ", c < 'm', " ", bitstring(c))
end
for x in (0, 65, 0x41, 233, 97.0, 0x200000, -1, 1.5)
    attempt(x -> Char(x) == 'A', x)
end
println('a':'e', " ", collect('a':2:'i'), " ", Char(0xe9), " ", Int('∀'), " ", '\u2200', " ", max('a', 'b'), " ", cmp('a', 'c'), " ", UInt8('a'), " ", convert(Int32, 'b'), " ", Char(97), " ", 'b' - 1, " ", 1 + 'a', " ", length('a':'z'), " ", 'k' in 'a':'z', " ", isvalid(Char, 0xd800), " ", isvalid(Char(0xd800)))
attempt(UInt8, 'é')
attempt(x -> UInt8(x), '∀')
