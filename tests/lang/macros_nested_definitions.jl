# Macros that define macros: with the whole definition escaped, or only its name.
macro define_doubler(name)
    esc(quote
        macro $name(x)
            :(2 * $(esc(x)))
        end
    end)
end
@define_doubler double
y = 21
println(@double(y), " ", @double(1 + 2))

macro define_counter(name)
    quote
        macro $(esc(name))(a, b...)
            1 + length(b)
        end
    end
end
@define_counter count_args
println(@count_args(1 + 1, 2, 3), " ", @count_args(x))
