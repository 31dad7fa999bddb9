main(String[])
count_of(a) = "one"
main(String[])
count_of(a, b, rest...) = string("many", length(rest))
main(String[])
Base.delete_method(which(count_of, (Int64, Int64)))
