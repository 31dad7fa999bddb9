main(String[])
Base.delete_method(which(size_of, (Int64,)))
main(String[])
Base.delete_method(which(size_of, (Int8,)))
main(String[])
Base.delete_method(which(size_of, (Any,)))
try
    report()
catch e
    println(typeof(e), " ", e.f === size_of, " ", e.args)
end
size_of(x) = "again"
