# @test_logs and @inferred, and what is refused.
using Test
twice(x) = (@info "got" x; @warn "twice $x"; 2x)
println(@test_logs (:info, "got") (:warn, "twice 4") twice(4))
println(@test_logs (:warn,) match_mode=:any twice(1))
println(@test_logs 5)
record = (level="Warning", message="text", values=())
println(Test.logs_match((:warn, "text"), record), Test.logs_match((:warn, "other"), record), Test.logs_match(:info, record))
unsure(x) = x > 0 ? 1 : "a"
scaled(x; by=2) = x * by
println(@inferred(1 + 2), " ", @inferred(scaled(2; by=3)), " ", @inferred([1, 2][1]))
println(@inferred Union{Int,String} unsure(1))
println(@inferred String unsure(1))
println(@inferred Int unsure(-1))
try
    @inferred unsure(1)
catch e
    println(e.msg)
end
for code in (:(@inferred 1), :(@test_nowarn 1), :(s"a"))
    try
        eval(code)
    catch e
        println(e.error)
    end
end
