# A method that is defined anew is what later calls reach, also from code that was compiled against the old one.

scale(x) = 2x
twice_scaled(x) = scale(scale(x))
function total(n)
    sum = 0
    for i in 1:n
        sum += twice_scaled(i)
    end
    return sum
end

println(total(10))
scale(x) = 3x
println(total(10))
scale(x::Int64) = x + 1
println(total(10), " ", twice_scaled(1.5))

const LIMIT = 3
below(x) = x < LIMIT
println(below(2), " ", below(5))

threshold = 10
above(x) = x > threshold
println(above(11))
threshold = 20
println(above(11))
threshold = 10.5
println(above(11))
