# Test: outcomes as values, and what they print.
using Test
foo(x) = length(x)^2
println(@test foo("ab") == 4)
println(@test 1 ≈ 1.05 atol = 0.1)
println(@test foo("ab") == 5 broken = true)
println(@test foo("ab") == 5 skip = true)
println(@test foo("ab") == 4 broken = false)
println(@test foo("ab") == 4 skip = foo("a") > 1)
println(@test_broken foo("ab") == 5)
println(@test_broken error("not yet"))
println(@test_skip error("never"))
println(@test_throws BoundsError [1][2])
println(@test_throws ErrorException("x") error("x"))
println(@test_throws DomainError(-1, "no") throw(DomainError(-1, "no")))
println(@test_throws "boo" error("a boo"))
println(@test_throws ["x", "z"] error("xyz"))
println(@test_throws (m -> startswith(m, "x")) error("xyz"))
println(@test_throws Int throw(3))
println(@test_throws MethodError foo(nothing))

# The code of a test is part of the function it stands in.
function classify(x)
    @test begin
        x > 0
    end
    @testset showtiming = false "early" begin
        x > 10 && return "large"
        @test x <= 10
    end
    return "small"
end
println(classify(3))
println(classify(30))
function counted()
    n = 0
    @testset showtiming = false "counting" begin
        n += 1
        @test n == 1
        @test (n = 5; n == 5)
    end
    return n
end
println(counted(), " ", Test.get_testset_depth())
println(typeof(@test true) <: Test.Result, " ", (@test 1 == 1).value)
