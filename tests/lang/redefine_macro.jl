# A macro defined anew changes code that is evaluated afterwards, not code expanded before.
macro answer()
    return 1
end
old() = @answer
println(old(), " ", @answer)
macro answer()
    return :(2 + 0)
end
new() = @answer
println(old(), " ", new(), " ", @answer)
macro answer(x)
    return :($(esc(x)) * 10)
end
y = 4
println(@answer(y), " ", @answer)
