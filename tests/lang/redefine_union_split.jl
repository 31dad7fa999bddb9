# A site that was split over the members of a union: one member gets a method of its own, then all.
f(x) = 0
f(x::Union{Int64,Nothing}) = 1
choose(k) = k > 2 ? nothing : k > 1 ? 5 : "s"
score() = string(f(choose(3)), f(choose(2)), f(choose(1)))

function (@main)(args)
    println(score())
    return 0
end
