# Old names that call new ones.
@deprecate oldf newf
newf(x, y=1) = x + y
println(oldf(2), " ", oldf(2, 5))
@deprecate oldg(x::Int, y) newg(y, x)
newg(x, y) = x - y
println(oldg(2, 5))
try
    oldg("a", 1)
catch e
    println(typeof(e))
end
@deprecate oldh(x::T) where {T<:Real} newh(x) false
newh(x) = -x
println(oldh(3))
module D
newd() = :new
@deprecate oldd newd
@deprecate hidden newd false
end
using .D
println(oldd(), " ", isdefined(Main, :hidden), " ", names(D))
