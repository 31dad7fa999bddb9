main(String[])
counter = 2.5
main(String[])
counter = 1//2
main(String[])
Base.:+(a::String, b::Int64) = string(a, b)
counter = "s"
