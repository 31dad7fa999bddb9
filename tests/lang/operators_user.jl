# Operators of user types.
import Base: +, -, *, ==, <, getindex, length, show
struct V2
    x::Int64
    y::Int64
end
+(a::V2, b::V2) = V2(a.x + b.x, a.y + b.y)
-(a::V2) = V2(-a.x, -a.y)
-(a::V2, b::V2) = a + (-b)
*(k::Int64, a::V2) = V2(k * a.x, k * a.y)
==(a::V2, b::V2) = a.x == b.x && a.y == b.y
<(a::V2, b::V2) = a.x < b.x
getindex(a::V2, i::Int64) = i == 1 ? a.x : a.y
length(a::V2) = 2
Base.abs2(a::V2) = a.x^2 + a.y^2
show(io::IO, a::V2) = print(io, "<", a.x, ",", a.y, ">")
a, b = V2(1, 2), V2(3, 5)
println(a + b, " ", a - b, " ", 2a, " ", a == V2(1, 2), " ", a != b, " ", a < b, " ", a > b)
println(a[1], a[2], " ", length(a), " ", abs2(b), " ", [a, b], " ", "in text: $a")
⊕(a, b) = a * 10 + b
println(1 ⊕ 2 ⊕ 3)
