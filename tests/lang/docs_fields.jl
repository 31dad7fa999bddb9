# Texts before the fields of a struct that has one itself.
"A point."
struct P
    "The first."
    a::Int
    "The second,\nin two lines."
    b
    c
end
print(@doc P)
print(@doc P.a)
print(@doc P.b)
print(@doc P.c)
struct Q
    "Passed over."
    a
end
println(Q(1).a)
