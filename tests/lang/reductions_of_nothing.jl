# What folding no elements gives, or which error: by operator and by what is known of the elements.

function attempt(f)
    try
        show(f())
        println()
    catch e
        println(typeof(e), ": ", sprint(showerror, e))
    end
end

function (@main)(args)
    attempt(() -> sum(Int[]))
    attempt(() -> sum(Int8[]))
    attempt(() -> sum(Float32[]))
    attempt(() -> prod(UInt8[]))
    attempt(() -> sum(Bool[]))
    attempt(() -> sum(Complex{Int}[]))
    attempt(() -> sum(x for x in Int[]))
    attempt(() -> sum(x -> 2x, Int[]))
    attempt(() -> sum(abs, Int[]))
    attempt(() -> reduce(&, Bool[]))
    attempt(() -> reduce(|, Bool[]))
    attempt(() -> reduce(+, Union{}[]))
    attempt(() -> reduce(max, Int[]))
    attempt(() -> reduce(+, Int[], init = 5))
    attempt(() -> foldl(-, Int[], init = 7))
    attempt(() -> maximum(Int[]))
    attempt(() -> maximum(Int[], init = -1))
    attempt(() -> prod(String[]))
    attempt(() -> mapreduce(x -> x, +, Float64[]))
    attempt(() -> mapreduce(abs2, *, Float64[]))
    attempt(() -> any(Bool[]))
    attempt(() -> all(Bool[]))
    attempt(() -> count(Bool[]))
    attempt(() -> extrema(Int[]))
    attempt(() -> first(()))
    attempt(() -> only((1, 2)))
    return 0
end
