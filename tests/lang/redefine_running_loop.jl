# A loop that redefines what it calls: its own calls keep their world, `invokelatest` has the newest.
step(n) = n
function run(times)
    seen = Any[]
    for i in 1:times
        Core.eval(@__MODULE__, :(step(n) = n + $(10i)))
        push!(seen, (step(i), Base.invokelatest(step, i)))
    end
    return seen
end
println(run(3))
println(step(1), " ", run(2), " ", step(1))

# A function made anew each time, by a closure that calls it.
function grow(n)
    total = 0
    for i in 1:n
        f = Core.eval(@__MODULE__, :(grown(x) = x * $i))
        total += Base.invokelatest(f, 100)
    end
    return total
end
println(grow(4), " ", grown(1))

# Keyword calls and a `do` block go through the newest world as well.
power(x; by=2) = x^by
function latest_power()
    before = Base.invokelatest(power, 3; by=3)
    Core.eval(@__MODULE__, :(power(x; by=5) = -x * by))
    inside = map([1, 2]) do x
        Base.invokelatest(power, x)
    end
    return (before, power(3), inside, Base.invokelatest(power, 1; by=7))
end
println(latest_power())
println(power(3))

# The loop of a task-like closure that was made before the redefinition, but is called after it.
const kept = () -> step(0)
before = kept()
step(n) = "newest"
println(before, " ", kept())
