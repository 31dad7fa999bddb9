# Every form of BoundsError.
told(f) = try
    f()
    println("no error")
catch e
    println(sprint(showerror, e))
end

v = [1, 2, 3]
m = [1 2; 3 4]
told(() -> v[4])
told(() -> v[0])
told(() -> v[-1])
told(() -> m[3, 1])
told(() -> m[1, 3])
told(() -> m[5])
told(() -> m[1, 1, 2])
told(() -> v[5] = 1)
told(() -> m[3, 3] = 1)
told(() -> (1, 2)[3])
told(() -> "abc"[10])
told(() -> (1:3)[7])
told(() -> (1:2:9)[6])
told(() -> first(Int[]))
told(() -> getfield((1, 2), 5))
told(() -> throw(BoundsError()))
told(() -> throw(BoundsError([1, 2])))
told(() -> throw(BoundsError([1, 2], 3)))
told(() -> throw(BoundsError([1, 2], (3, 4))))
told(() -> throw(BoundsError("x", 1:3)))
