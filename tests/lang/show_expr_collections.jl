# Tuples, arrays, comprehensions, generators.
for x in [:((a, b)), :((a,)), :(()), :((a = 1, b = 2)), :((; a = 1)), :((x..., y)), :([]), :([1, 2]), :([1 2]), :([1; 2]), :([1 2; 3 4]),
          :([a b]), :(Int[1, 2]), :(Int[1 2; 3 4]), :(Int[]), :([[a b]; c]), :([x for x in y]), :([x for x in y if z]),
          :([x for x in a, y in b]), :([x for x in a for y in b]), :((x for x in y)), :(sum(x for x in y)), :(Int[x for x in y]),
          :(f(a, (x for x in y if z))), :(Dict(a => b for (a, b) in c)), :([a -b]), :([a - b])]
    println(x)
end
