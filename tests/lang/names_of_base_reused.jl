# Names that the base library exports can be a program's own, as long as it has not used them before.
length = 3
get = "got"
show = [1, 2]
join, first = 1, 2
println(length, " ", get, " ", show, " ", join + first)
