# `iterate` of a type comes after loops, splats and destructuring failed for it.
struct Countdown
    from::Int64
end
attempt(f) = try
    f()
catch e
    e isa MethodError ? (nameof(e.f), "no method") : typeof(e)
end
total(xs) = (s = 0; for x in xs; s += x; end; s)
pair(xs) = ((a, b) = xs; (b, a))
splat(xs) = tuple(xs..., 0)
report() = (attempt(() -> total(Countdown(3))), attempt(() -> pair(Countdown(3))), attempt(() -> splat(Countdown(2))), attempt(() -> collect(Countdown(3))))

function (@main)(args)
    println(report())
    return 0
end
