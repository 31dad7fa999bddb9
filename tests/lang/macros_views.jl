# @view and @views.
a = [1, 2, 3, 4, 5]
v = @view a[2:4]
v[1] = 20
println(a, " ", v isa SubArray)
w = @view a[2:end]
println(w, " ", @view(a[begin:end-1]))
m = [1 2 3; 4 5 6]
println(@view(m[1, :]), " ", @view(m[:, end]))
function f(x)
    @views y = x[1:2] .+ x[end-1:end]
    y
end
println(f(a))
@views begin
    b = a[1:3]
    b[1] = 100
    s = a[1]
end
println(a, " ", s)
