# Declarations, imports, exports, modules.
for x in [:(global x, y), :(global x = 1), :(local x = 1), :(const x = 1), :(const a, b = 1, 2), :(a, b = c), :((a, b) = (c, d)),
          :(import A), :(import A.B: c, d), :(import ..A), :(using A, B.C), :(using .A: b), :(import A: +, -), :(import A: @m),
          :(export a, b), :(export @m, +), :(x::Int, y = z)]
    println(x)
end
