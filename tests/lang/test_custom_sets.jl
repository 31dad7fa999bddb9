# Test: sets of a program's own type, which sets inside them are of too.
using Test
mutable struct Collecting <: Test.AbstractTestSet
    description::String
    results::Vector{Any}
    color::Symbol
    Collecting(description; color=:none) = new(description, [], color)
end
Test.record(set::Collecting, t) = (push!(set.results, t); t)
function Test.finish(set::Collecting)
    Test.get_testset_depth() > 0 && Test.record(Test.get_testset(), set)
    println(set.description, " ", set.color, " ", [nameof(typeof(t)) for t in set.results])
    return set
end

set = @testset Collecting color = :red "mine" begin
    @test 1 == 2
    @test 1 == 1
    @testset "inner" begin
        @test true
        @test_throws BoundsError 1
    end
    @test error("x")
    @test_broken false
    @testset "of another color" color = :blue for i in 1:2
        @test i == 1
    end
    @testset let i = 5
        @test i == 6
    end
    error("outside of tests")
end
println(typeof(set), " ", set.results[1].orig_expr, " ", set.results[1].data)
for t in set.results
    t isa Test.Error && println(t.test_type, " ", t.orig_expr, " ", t.value)
    t isa Test.Fail && println(t.test_type, " ", t.context)
end
println(Test.get_testset() isa Test.FallbackTestSet)
