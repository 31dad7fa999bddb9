main(String[])
plain(x; twice=false) = twice ? 2x : x
main(String[])
scale(x; by::Int64=3, offset=0) = x * by + offset
main(String[])
println(attempt(() -> scale(3; offset=1)), " ", attempt(() -> scale(3; by=1.5)), " ", attempt(() -> scale(3; other=1)))
scale(x; all...) = length(all)
main(String[])
scale(x::Int64) = "plain"
main(String[])
println(scale(2.0; by=1), " ", length(methods(scale)))
