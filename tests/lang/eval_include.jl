# include of computed paths, include_string, and what they give.
name = "eval_included"
r = include("included/" * name * ".jl")
println(r, " ", from_included)
module Target end
Base.include(Target, "included/eval_included.jl")
println(Target.from_included)
println(include_string(Main, "a = 1\nb = a + 1\n"))
println(a, b)
println(include_string(Target, "from_included + 1"))
println(include_string(x -> x isa Expr ? :(2 * $x) : x, Main, "3 + 4"))
try
    include_string(Main, "ok = 1\nerror(\"inside\")\n", "some/file.jl")
catch e
    println(typeof(e), " ", e.file, " ", e.line, " ", e.error.msg)
end
println(ok)
try
    include("included/no_such_file.jl")
catch e
    println(typeof(e))
end
