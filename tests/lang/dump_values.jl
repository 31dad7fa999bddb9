# `dump` shows a value field by field.
dump(:(a + b * 2))
dump(1)
dump("a\nb")
dump([1, 2])
dump(Any[[1, 2], "a", nothing])
struct P
    x::Int
    y
end
dump(P(1, P(2, nothing)))
dump((1, "a"))
dump(nothing)
dump(:a)
dump('c')
dump(1:3)
dump(1//2)
dump(Some(1.5))
dump(["a", "b"])
dump(Any[])
dump(Any[1, P(1, 2)]; maxdepth = 1)
dump(P(1, P(2, P(3, 4))); maxdepth = 2)
dump(collect(1:30))
dump(0x01)
