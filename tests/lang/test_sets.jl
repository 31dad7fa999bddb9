# Test: sets and their tables.
using Test
f(x) = x > 2 ? error("too big: $x") : x

set = @testset showtiming = false "all pass" begin
    @test f(1) == 1
    @testset "inner" begin
        @test true
    end
    @testset "inner 2" begin
        @test true
        @test_broken false
        @test_skip false
    end
end
println(set.description, " ", set.n_passed, " ", length(set.results), " ", set.anynonpass)

@testset showtiming = false verbose = true "verbose" begin
    @testset "inner" begin
        @testset "deep" begin
            @test true
        end
        @test true
    end
    @testset for i in 1:2, j in 1:2
        i == 2 && continue
        @test i < j + 1
    end
    @testset "named $i" for i in 1:2
        @test i > 0
    end
end
@testset showtiming = false "empty" begin end
@testset showtiming = false begin
    @test true
end

check(x) = @test x > 0
@testset showtiming = false "a call" check(1)
@testset showtiming = false check(1)
@testset showtiming = false "explained" begin
    @testset let x = 1
        @test x == 1
    end
end

sets = @testset showtiming = false "round $i" for i in 1:3
    @test i > 0
    i == 2 && break
end
println(length(sets), " ", sets[1].description, " ", Test.get_testset_depth())

# A set that failed shows what is inside; one that passed does not.
function failing(set, outcome, n)
    for _ in 1:n
        Test.record(set, outcome)
    end
end
struct Quiet <: Test.AbstractTestSet end
Quiet(description) = Quiet()
Test.record(::Quiet, t) = t
Test.finish(set::Quiet) = set
outcomes = Any[]
@testset Quiet begin
    push!(outcomes, @test(false), @test(1), @test_throws(ErrorException, 1))
end
println([nameof(typeof(t)) for t in outcomes])
made(name) = Test.DefaultTestSet(name; showtiming=false)
a, b, c, whole = made("a"), made("b"), made("quite a long name"), made("whole")
for t in outcomes
    Test.record(a, t; print_result=false)
end
failing(b, @test(true), 120)
Test.record(b, c)
Test.record(c, @test_broken false)
foreach(s -> Test.record(whole, s), (a, b))
Test.print_test_results(whole)

# The exception that the outermost set throws.
e = TestSetException(120, 2, 1, 1, [t for t in outcomes])
println(e)
println(sprint(showerror, e), " ", length(e.errors_and_fails))
