# Recursion whose types inference cannot tell: cycles within cycles of calls, through the base library's arithmetic on
# values of any type. Inference must come to an end soon.
function det(m)
    n = size(m, 1)
    n == 1 && return m[1, 1]
    return sum((-1)^(1 + j) * m[1, j] * det(m[2:end, [1:j-1; j+1:n]]) for j in 1:n)
end
println(det([1 2; 3 4]), " ", det([2 0 1; 1 3 2; 1 1 1]))

abstract type Node end
struct Number_ <: Node
    value
end
struct Sum_ <: Node
    parts::Vector{Any}
end
struct Product_ <: Node
    parts::Vector{Any}
end
value(n::Number_) = n.value
value(n::Sum_) = total(n.parts, 1)
value(n::Product_) = scale(n.parts, 1)
total(parts, i) = i > length(parts) ? 0 : value(parts[i]) + total(parts, i + 1)
scale(parts, i) = i > length(parts) ? 1 : value(parts[i]) * scale(parts, i + 1)
tree(depth) = depth == 0 ? Number_(2) : isodd(depth) ? Sum_([tree(depth - 1), tree(depth - 1)]) : Product_([tree(depth - 1), Number_(1.5)])
println(value(tree(1)), " ", value(tree(4)))

even(n) = n == 0 ? true : odd(n - 1)
odd(n) = n == 0 ? false : third(n - 1, even)
third(n, f) = n == 0 ? true : f(n - 1)
println(even(10), " ", even(9), " ", odd(7.0))
