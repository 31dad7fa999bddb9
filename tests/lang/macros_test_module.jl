# Test: outcomes, and what a failing set throws.
using Test
println(@test 1 + 1 == 2)
println(@test true)
@test_broken 1 == 2
@test_throws ErrorException error("x")
@test_throws BoundsError [1][5]
@test_throws DivideError 1 ÷ 0
@test isapprox(0.1 + 0.2, 0.3)
x = 5
@test x > 3 && x < 10
function inner_results()
    n = 0
    @test n == 0
    for i in 1:3
        @test i + n == i
    end
    :done
end
println(inner_results())
try
    error("not caught by a set")
catch e
    @test e isa ErrorException
end
println("end")
