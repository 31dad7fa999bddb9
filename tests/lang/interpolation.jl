# Values and expressions inside strings.
x = 3
name = "π"
println("x = $x, twice $(2x), name $name")
println("$(x > 2 ? "big" : "small") $(x)$(x) \$x")
println("nested: $("inner $(x + 1)")")
println("$(nothing) $(:sym) $('c') $([1, 2]) $((1, "a")) $(1.0)")
v = [10, 20]
println("$(v[2]) $v[1]")
println("""multi
  $x
  line""")
println("a$(x)b")
println("$x")
