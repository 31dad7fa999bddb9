main(String[])
Base.iterate(c::Countdown, n=c.from) = n == 0 ? nothing : (n, n - 1)
main(String[])
Base.length(c::Countdown) = c.from
main(String[])
Base.eltype(::Type{Countdown}) = Int64
main(String[])
Base.iterate(c::Countdown, n=c.from) = n == 0 ? nothing : (-n, n - 1)
main(String[])
println(sum(Countdown(4)), " ", 2 in Countdown(3), " ", [2x for x in Countdown(3)])
