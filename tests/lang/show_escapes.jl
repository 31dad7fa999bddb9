# Characters that cannot be seen, quotes and dollars are escaped.
println(repr("a\"b'\$\\c"), repr("\n\t\r\0\e\a\b\f\v"), repr("\x01\x1f\x7f"))
println(repr("\0001\0a"), repr("é∀😀"), repr("\u200b1\u200bx"), repr("\ue000"), repr("\xff\xfea"))
println(repr('a'), repr('\''), repr('"'), repr('\n'), repr('\0'), repr('é'), repr('\u200b'), repr('\\'), repr('\x7f'))
println(escape_string("a\"b\n\t\$"), " ", escape_string("a'b", "'"))
println(["a\nb", "c"], ('x', "y\tz"))
