main(String[])
(a::Adder)(x) = a.n * x
main(String[])
(a::Adder)(x::Int64) = "int"
