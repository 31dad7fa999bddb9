main(String[])
(s::Scale{Int64})(x) = s.by + x
main(String[])
(s::Scale{Float64})(x) = "float"
println(apply(Scale(2.0), 3), " ", apply(Scale(0x02), 3))
(s::Scale{T})(x::T) where T = string("same ", T)
try
    main(String[])
catch e
    println(typeof(e))
end
(s::Scale{Int64})(x::Int64) = s.by - x
main(String[])
(s::Scale)(xs...) = length(xs)
println(Scale("a")(1, 2, 3), " ", Scale(0x02)(3), " ", Scale(1)(5, 6))
