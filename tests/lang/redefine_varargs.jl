# Methods of other lengths come and go.
count_of(xs...) = length(xs)
count_of(a, b) = "two"
counts() = string(count_of(), count_of(1), count_of(1, 2), count_of(1, 2, 3))

function (@main)(args)
    println(counts())
    return 0
end
