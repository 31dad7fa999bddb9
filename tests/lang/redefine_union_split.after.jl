main(String[])
f(::Nothing) = 2
main(String[])
f(::String) = 3
main(String[])
f(x::Union{Int64,Nothing}) = 4
