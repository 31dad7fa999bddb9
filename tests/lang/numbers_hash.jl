# Equal numbers have equal hashes, whatever their types.
function attempt(f, args...)
    try
        x = f(args...)
        println(join(map(repr, args), " "), " -> ", repr(x), " ", typeof(x))
    catch e
        e isa MethodError && rethrow()
        println(join(map(repr, args), " "), " -> ", sprint(showerror, e))
    end
end
groups = Any[
    Any[1, 1.0, 1//1, true, 0x01, Int8(1), Int128(1), 1f0, Float16(1), 1 + 0im, 1.0 + 0.0im],
    Any[0, 0.0, false, 0//1, 0x0000, 0im], Any[-1, -1.0, Int8(-1), -1//1, Int128(-1)], Any[0.5, 1//2, 0.5f0, Float16(0.5)],
    Any[2^62, 2.0^62, Int128(2)^62, UInt64(2)^62], Any[typemax(UInt64), UInt128(typemax(UInt64)), Int128(typemax(UInt64))],
    Any[2.0^64, Int128(2)^64, UInt128(2)^64], Any[-0.75, -3//4], Any[NaN, NaN32, NaN16, -NaN], Any[Inf, Inf32, Inf16, 1//0],
]
for group in groups
    println(all(x -> isequal(x, group[1]), group), " ", all(x -> hash(x) == hash(group[1]), group), " ", length(Set(group)))
end
println(hash(0.0) == hash(-0.0), " ", hash(1) == hash(2), " ", hash(0.1) == hash(0.1f0))
d = Dict{Any,Any}(1 => "one")
println(d[1.0], " ", d[true], " ", d[0x01], " ", haskey(d, 1//1), " ", haskey(d, 2))
