# if, while, for, break, continue, nested loops, ternaries.
function classify(n)
    if n < 0
        "negative"
    elseif n == 0
        "zero"
    elseif n < 10
        "small"
    else
        "large"
    end
end
println(classify(-1), classify(0), classify(5), classify(50))
for i in 1:10
    i % 2 == 0 && continue
    i > 7 && break
    print(i, " ")
end
println()
let n = 27, steps = 0
    while n != 1
        n = iseven(n) ? n ÷ 2 : 3n + 1
        steps += 1
    end
    println(steps)
end
for i in 1:3, j in i:3
    j == 2 && continue
    print((i, j))
end
println()
for i in 1:3, j in 1:3
    i * j == 4 && break
    print(i, j, " ")
end
println()
x = if false 1 end
println(x)
println(begin 1; 2; 3 end)
while true
    break
end
for i = 1:0
    println("never")
end
println(true ? 1 : false ? 2 : 3)
for (i, c) in enumerate("ab"), k in (1, 2)
    print(i, c, k, " ")
end
println()
