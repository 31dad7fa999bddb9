# A method with keywords is replaced by one without, and the reverse.
scale(x; by=2) = x * by
plain(x) = x
attempt(f) = try
    f()
catch e
    typeof(e)
end
report() = (scale(3), attempt(() -> scale(3; by=5)), plain(3), attempt(() -> plain(3; twice=true)))

function (@main)(args)
    println(report())
    return 0
end
