# Characters as `show` with text/plain gives them, with their categories.

function (@main)(args)
    for c in ['a', 'Z', '5', ' ', '$', '+', '^', '_', '-', '(', ')', '!', '\n', '\0', '\e', 'ä', 'Ä', 'ǅ', 'ʰ', 'ª', '\u301',
              'ⅷ', '½', '«', '»', '€', '∀', '♞', '\ua0', '\u2028', '\u2029', '\uad', '\ue000', '\U10ffff', '😀', '\u378']
        show(stdout, MIME("text/plain"), c)
        println()
    end
    for s in ["\xff", "\xc0\x80", "\xe2\x82", "\xf8"]
        c = s[1]
        show(stdout, MIME("text/plain"), c)
        println(" ", Base.ismalformed(c), Base.isoverlong(c))
    end
    println(repr("a\xffb\u200b\ue000\ufeff"))
    return 0
end
