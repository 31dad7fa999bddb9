# Methods of operators, of types and of callable objects.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_operators.jl") || continue
        frame.func in (:own_frames, :report) && continue
        println("  ", startswith(string(frame.func), "#") ? "anonymous" : frame.func, " ", frame.line)
    end
end
function report(f)
    try
        f()
    catch e
        println(typeof(e))
        own_frames(catch_backtrace())
    end
end

struct Money
    amount::Int
    function Money(amount)
        amount < 0 && throw(DomainError(amount, "negative"))
        new(amount)
    end
end
Base.:-(a::Money, b::Money) =
    Money(a.amount - b.amount)
struct Adder
    n::Int
end
function (a::Adder)(x)
    return Money(x - a.n)
end
Base.getindex(a::Adder, i::Int) = a(i)
report(() -> Money(1) - Money(2))
report(() -> Adder(3)(1))
report() do
    adder = Adder(5)
    adder[1]
end
