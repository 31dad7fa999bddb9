# Dotted calls and operators.
for x in [:(f.(x)), :(f.(x, y)), :(f.(x; y = 1)), :(f.(x)[1]), :(a.f.(x)), :(x .+ y), :(sin.(x) .+ cos.(y)), :(x .= f.(y)), :(x .+= 1),
          :(a .== b), :(a .* (b .+ c)), :((a .* b) .+ c), :(x .^ 2), :(x .|> f), :(a .< b), :((f ∘ g).(x)), :(a .=> b)]
    println(x)
end
