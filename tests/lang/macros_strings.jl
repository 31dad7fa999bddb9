# String macros, with flags, and command literals.
macro up_str(s) uppercase(s) end
macro fl_str(s, flags) string(s, "|", flags) end
macro fl_str(s) string(s, "|none") end
macro raw2_str(s) s end
println(up"hello world")
println(fl"abc"xyz)
println(fl"abc")
println(raw2"a\nb\$c")
println(raw2"say \"hi\"")
println(up"""multi
  line""")
module S
macro q_str(s) reverse(s) end
end
println(S.q"abc")
macro interp_str(s)
    Meta.parse("\"" * s * "\"") |> esc
end
x = 3
println(interp"x is $x")
macro cmdlike_cmd(s) "cmd:" * s end
println(cmdlike`ls -l`)
