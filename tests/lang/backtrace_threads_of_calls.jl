# Callbacks through the base library: sort, map, filter, reduce, do blocks, Dict.
# The frames of this file, innermost first.
function own_frames(trace)
    for frame in stacktrace(trace)
        endswith(string(frame.file), "backtrace_threads_of_calls.jl") || continue
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

function compare(a, b)
    a == 3 && error("three")
    return a < b
end
fails(x) = x == 2 ? throw(ArgumentError("two")) : true
lines_of(f) = try
    f()
catch
    [(frame.func, frame.line) for frame in stacktrace(catch_backtrace()) if frame.func in (:compare, :fails)]
end
println(lines_of(() -> sort([1, 3, 2], lt = compare)))
println(lines_of(() -> filter(fails, [1, 2, 3])))
println(lines_of(() -> foreach(fails, [1, 2, 3])))
println(lines_of(() -> any(x -> !fails(x), [1, 2, 3])))
println(lines_of(() -> get(() -> fails(2), Dict(1 => 2), 5)))
println(lines_of(() -> fails.([1, 2])))
println(lines_of(() -> ntuple(fails, 3)))
println(lines_of(() -> mapreduce(fails, &, [1, 2, 3])))
println(lines_of(() -> findfirst(fails, [2, 2])))
