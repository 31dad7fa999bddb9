# Methods replaced between calls from within a loop at top level, where every call sees the newest.
cost(x) = 2x
double_cost(x) = cost(x) + cost(x)
results = Any[]
for k in 1:4
    @eval cost(x) = $k * x
    push!(results, double_cost(10))
    push!(results, Base.invokelatest(double_cost, 10))
end
println(results)
println(double_cost(10))
