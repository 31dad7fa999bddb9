main(String[])
Base.iterate(s::Steps, k=1) = k > s.n ? nothing : (10k, k + 1)
main(String[])
