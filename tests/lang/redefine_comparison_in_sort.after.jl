main(String[])
Base.isless(a::Version, b::Version) = a.n > b.n
