main(String[])
area(r) = r + 1
main(String[])
area(r::Int64) = 10r
