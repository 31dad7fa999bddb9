# `missing` goes through operations.
println(missing, " ", missing + 1, " ", missing == 1, " ", ismissing(missing), ismissing(1), " ", coalesce(missing, 2))
println([1, missing], " ", sum(skipmissing([1, missing, 3])), " ", isequal(missing, missing))
