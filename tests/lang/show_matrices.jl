# Matrices on one line.
println([1 2; 3 4], [1 2], zeros(0, 3), [1.5 2; 3 4], Any[1 "a"; 2 'b'], ["a" "b"], [true false], UInt8[1 2])
println(Float32[1 2; 3 4], [[1] [2]], [1 2; 3 4] => 1, ([1 2],), Any[[1 2]])
println([1 2; 3 4], " ", string([1 2]), " ", repr(Any[1 2]))
