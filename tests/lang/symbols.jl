# Symbols.
println(:abc, " ", :abc === Symbol("abc"), " ", String(:abc), " ", string(:a, 1), " ", Symbol("a", 1))
println(:a == :b, isless(:a, :b), " ", typeof(:a), " ", [:x, :y][1])
show(:a); print(" "); show(Symbol("1x")); print(" "); show(:(==)); println()
println(:a in (:a, :b), " ", length(String(:héllo)))
