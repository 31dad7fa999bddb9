# Pairs, tuples and named tuples.
println(1 => 2, " ", "a" => 'b', " ", (1 => 2) => 3, " ", 1 => (2 => 3), " ", Pair{Any,Int}(1, 2), " ", :a => :b, " ", (+) => (-))
println((), (1,), (1, 2), ((1,), "a"), (nothing, missing), (true, 0x01, 1.0f0))
println((a = 1,), (a = 1, b = "x"), NamedTuple(), (a = (b = 1,),), (var"a b" = 1,))
println([(1, 2.5)], [(a = 1, b = 2)], [1 => "a"], Dict(1 => (2, 3)), Any[(1, 2)])
println(typeof(1 => 2), " ", typeof((1, "a")), " ", Some(1), " ", Some("a"), " ", [Some(1)], " ", (Some(nothing),))
