# Closures that were made before a function they call is defined anew, and after.
weight(x) = x
make(k) = x -> k * weight(x)
const kept = make(2)
apply_all(f) = map(f, [1, 2, 3])

function (@main)(args)
    println(apply_all(kept), " ", apply_all(make(10)))
    return 0
end
