# Test: what is printed of a test that fails outside of all sets.
using Test
foo(x) = length(x)^2
struct Odd <: Exception
    n::Int
end
function attempt(f)
    try
        f()
    catch e
        println(e isa Test.FallbackTestSetException, " ", sprint(showerror, e))
    end
end

# Both sides of comparisons, and the arguments of some functions.
attempt(() -> @test foo("a") == 20)
attempt(() -> @test !(foo("a") == 1))
attempt(() -> @test 1 < 3 < 2)
attempt(() -> @test "a" == "b")
attempt(() -> @test [1, 2] == [1, 3])
attempt(() -> @test collect(1:100) == 3)
attempt(() -> @test 3 in [1, 2])
attempt(() -> @test 3 isa String)
attempt(() -> @test Int === Float64)
attempt(() -> @test !isempty(""))
attempt(() -> @test !isapprox(1, 1; atol=0.5))
attempt(() -> @test 1 ≈ 2 atol = 0.1)
attempt(() -> @test isequal(1, 2))
attempt(() -> @test startswith("abc", "b"))
# Anything else as it is written.
attempt(() -> @test false)
attempt(() -> @test iseven(3) && true)
attempt(() -> @test all([true, false]))
attempt(() -> @test all(x -> x > 0, [1, -1]))
# No truth value, and a test that is not broken any more.
attempt(() -> @test 5)
attempt(() -> @test foo("abc"))
attempt(() -> @test 1 == 1 broken = true)
attempt(() -> @test_broken isempty(""))
attempt(() -> @test_broken 1)
# Exceptions that were expected.
attempt(() -> @test_throws BoundsError error("x"))
attempt(() -> @test_throws ErrorException("y") error("x"))
attempt(() -> @test_throws Odd(1) throw(Odd(2)))
attempt(() -> @test_throws "y" error("x"))
attempt(() -> @test_throws ["x", "y"] error("x"))
attempt(() -> @test_throws (m -> false) error("x"))
attempt(() -> @test_throws ErrorException foo("a"))
# The variables of a `let` set explain failures.
attempt(() -> @testset let x = 1, y = "a"
    @test x == 1
    @test length(y) == x + 1
end)
attempt(() -> @testset let c = 2.0 + 1im
    @test real(c) == 1
end)
# Mistakes in the macros' own arguments.
for code in (:(@test 1 == 1 x), :(@test true broken = true skip = true), :(@testset), :(@testset "a" 5), :(@testset 1 + 1 begin end))
    try
        macroexpand(Main, code)
    catch e
        println(sprint(showerror, e))
    end
end
