main(String[])
weight(x) = x + 100
main(String[])
make(k) = x -> k - weight(x)
