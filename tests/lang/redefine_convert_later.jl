# `convert` and `promote_rule` of a type come after code that stores and adds it.
struct Cents
    n::Int64
end
mutable struct Purse
    total::Cents
    items::Vector{Cents}
end
attempt(f) = try
    f()
catch e
    typeof(e)
end
fill_purse(x) = (p = Purse(Cents(0), Cents[]); p.total = x; push!(p.items, x); (p.total.n, p.items[1].n))
declared(x)::Cents = x
add(a, b) = a + b
report() = (attempt(() -> fill_purse(5)), attempt(() -> declared(3)), attempt(() -> add(Cents(1), 2)), attempt(() -> promote_type(Cents, Int64)))

function (@main)(args)
    println(report())
    return 0
end
