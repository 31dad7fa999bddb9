# Indexing inside a character, and what else goes wrong with text.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

s = "aäöb"
told(() -> s[3])
told(() -> s[100])
told(() -> s[0])
told(() -> s[1:3])
told(() -> SubString(s, 2, 3))
told(() -> throw(StringIndexError("abc", 2)))
told(() -> Char(0x110000 + 1))
told(() -> repeat("a", -1))
told(() -> parse(Int, ""))
told(() -> parse(Int, "12a"))
told(() -> only([1, 2]))
told(() -> only(Int[]))
