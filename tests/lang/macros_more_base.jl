# More macros of the base library.
println(@something(nothing, nothing, 4), " ", @something(1, error("not evaluated")))
println(@coalesce(missing, 5), " ", @coalesce(missing, missing) === missing)
println(@static false ? 1 : 2)
println(@static if false
    1
elseif true
    3
end)
println(@NamedTuple{a::Int, b::String} === NamedTuple{(:a, :b),Tuple{Int,String}})
println(@NamedTuple{a, b} == NamedTuple{(:a, :b),Tuple{Any,Any}})
println(b"abc" == [0x61, 0x62, 0x63])
println(@macroexpand(@static true ? :yes : :no) == QuoteNode(:yes))
println(@elapsed(nothing) isa Float64)
