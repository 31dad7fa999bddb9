# `@inbounds` changes no result of code that stays within bounds, and only covers what it marks.

plain(v, i) = v[i]

function sum_marked(v)
    s = zero(eltype(v))
    @inbounds for i in eachindex(v)
        s += v[i]
    end
    return s
end
println(sum_marked([1, 2, 3]), " ", sum_marked(Float64[]), " ", sum_marked([0.5, 1.5]))

function fill_marked!(m)
    @inbounds for j in 1:size(m, 2), i in 1:size(m, 1)
        m[i, j] = 10i + j
    end
    return m
end
println(fill_marked!(zeros(Int, 2, 3)))

# Its value is that of what is marked, and it may return.
function early(v)
    @inbounds return v[2]
end
value = @inbounds [5, 6][2]
println(early([7, 8]), " ", value)

# Outside of it everything is checked.
function checked(v, i)
    @inbounds x = v[1]
    return x + v[i]
end
for i in (2, 3, 0)
    println(try checked([1, 2], i) catch e; sprint(showerror, e) end)
end
println(try plain([1, 2], 5) catch e; sprint(showerror, e) end)
