# Calls and array literals of many parts: more than anyone writes, as programs that write programs do.
total(xs...) = +(xs...)
const N = 5000
println(total(ones(Int, N)...))
println(xor(0, ones(Int, N)...), " ", *(ones(N)...), " ", |(0, 1, 2, fill(4, N)...))
println(total(1, 2.5, 3, ones(Int, 40)...), " ", typeof(total(1, 2.5, ones(Int, 40)...)))
println(length(vcat(ones(Int, N)...)), " ", size(hcat(ones(Int, N)...)))
println(typeof(vcat(ones(Int, 20)..., 2.5)), " ", typeof(hcat(ones(Int, 20)..., 1 // 2)))
