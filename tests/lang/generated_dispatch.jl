# Generated methods beside ordinary ones, on types with parameters, and called through abstract types.
describe(x) = "plain"
@generated describe(x::Number) = :($("number " * string(x)))
describe(x::Bool) = "bool"
println(describe("s"), ", ", describe(1), ", ", describe(2.5), ", ", describe(true))
println(map(describe, Any[1, "a", 2.0, false]))
struct Mat{R,C}
    data::Vector{Int}
end
@generated function trace(m::Mat{R,C}) where {R,C}
    R == C || return :(error("not square"))
    Expr(:call, :+, [:(m.data[$((i - 1) * C + i)]) for i in 1:R]...)
end
println(trace(Mat{2,2}([1, 2, 3, 4])), " ", trace(Mat{3,3}(collect(1:9))))
try
    trace(Mat{1,2}([1, 2]))
catch e
    println(e.msg)
end
@generated function unrolled_dot(a::NTuple{N,Int}, b::NTuple{N,Int}) where {N}
    foldl((acc, i) -> :($acc + a[$i] * b[$i]), 1:N; init = 0)
end
println(unrolled_dot((1, 2, 3), (4, 5, 6)))
function run(v)
    s = 0
    for t in v
        s += unrolled_dot(t, t)
    end
    s
end
println(run(Any[(1,), (1, 2), (1, 2, 3)]))
@generated keysof(nt::NamedTuple{K}) where {K} = :($(map(string, K)))
println(keysof((a = 1, bc = 2)))
