# `isless` of a type changes: sorting follows.
struct Version
    n::Int64
end
Base.isless(a::Version, b::Version) = a.n < b.n
order(list) = [v.n for v in sort(list)]

function (@main)(args)
    println(order([Version(2), Version(3), Version(1)]), " ", maximum([Version(4), Version(9)]).n)
    return 0
end
