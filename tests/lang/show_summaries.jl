# `summary`: what kind of thing it is, and how large.
println(summary([1]), ", ", summary(1), ", ", summary("abc"), ", ", summary(1:2), ", ", summary(zeros(2, 3)), ", ", summary(Any[]))
println(summary(Dict(1 => 2)), ", ", summary(Set([1, 2])), ", ", summary(:a), ", ", summary(nothing), ", ", summary(view([1, 2], 1:1)))
io = IOBuffer()
summary(io, [1.5])
println(String(take!(io)))
