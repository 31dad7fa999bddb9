# Building strings: concatenation, interpolation, characters, Unicode.

function repeat_text(text, n)
    result = ""
    for i in 1:n
        result *= text
    end
    return result
end

function reversed(text)
    result = ""
    for c in text
        result = string(c, result)
    end
    return result
end

function count_vowels(text)
    n = 0
    for c in text
        if c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'
            n += 1
        end
    end
    return n
end

function table(n)
    for i in 1:n
        line = "$i:"
        for j in 1:n
            line = "$line $(i * j)"
        end
        println(line)
    end
end

function (@main)(args)
    name = "tintype"
    println("Hello, $(name)! It has $(length(name)) letters and $(count_vowels(name)) vowels.")
    println(repeat_text("ab", 5))
    println(reversed("straight on"))
    println(reversed("Grüße, 世界"))
    println(length("Grüße, 世界"), " characters, ", sizeof("Grüße, 世界"), " bytes")
    table(4)
    println("escapes: tab\tquote\" dollar\$ backslash\\")
    println('x', " ", "x" == string('x'), " ", "abc" < "abd")
    println("mixed: ", 1, " ", 2.5, " ", true, " ", nothing, " ", :symbol, " ", (1, "two", '3'))
    println(1.0e10, " ", 0.1 + 0.2, " ", 1 / 3, " ", 1.0e-7, " ", 100000.0, " ", 1.0e6, " ", -0.0)
    return 0
end
