# Functions in all their forms.
for x in [:(f(x) = x + 1), :(function f(x, y::Int = 2; z = 3, kw...) where {T}; return x; end), :(function f end), :(x -> x + 1),
          :((x, y) -> x), :(() -> 1), :(x -> y -> z), :(f(x -> x, y)), :(map(x) do y; y + 1; end), :(map(x, y) do a, b; c; d; end),
          :(f(x)::Int = 2), :(function (x, y) x end), :(macro m(x) x end), :((f::T)(x) = x), :(Base.show(io::IO, x::A) = 1),
          :(Base.:+(a, b) = 1), :(a + b = c), :(f(x::T) where T = x), :(return), :(return x), :(return a, b)]
    println(Base.remove_linenums!(x))
end
