# The element type is written where the elements do not tell it.
println(Int[], Float64[], Any[], String[], [], Union{Int,String}[], Vector{Int}[])
println(Any[1, "a"], Real[1, 2.0], Union{Missing,Int}[1, missing], Union{Int,String}[1, "a"], Number[1])
println(Float32[1, 2.5], [true, false], UInt8[1, 255], Int8[-1], UInt16[1], Int32[3])
println([[1], [2, 3]], [[true], [false]], Any[[true]], [Int[]], [Float32[1]], Vector[[1], [2.0]], [[[1]]])
println([nothing], [missing], [1, nothing], [:a], ['a'], ["a"], [1.5], [1//2, 1])
println([(1, 2)], [(true, 1)], [(true, 0x01)], [(1, "a"), (2, "b")], [(a = 1,)], [(a = true,)], [1 => 2], Pair{Bool,Bool}[true => false])
println(Any[Any[Any[]]], Any[1.0f0, true, 0x01], (1.0f0, true), Any[1 => 2], [Some(1)], Type[Int, String], [Int, Float64])
println(Dict(1 => true), Dict("a" => Float32[1]), Dict{Any,Any}(1 => 2), Dict(:a => Any[]), Dict{Int,Int}(), Set([1]), Set(UInt8[1]), Set{Int}())
