# Names and fields without a value.
function attempt(f)
    try
        f()
    catch e
        println(typeof(e), e isa UndefVarError ? " $(e.var)" : "")
    end
end
attempt(() -> not_defined)
function conditional(flag)
    if flag
        x = 1
    end
    return x
end
println(conditional(true))
attempt(() -> conditional(false))
mutable struct Partial
    a::Int64
    b::String
    Partial() = new(1)
end
p = Partial()
attempt(() -> p.b)
println(isdefined(p, :b), isdefined(p, :a))
p.b = "set"
println(p.b)
v = Vector{String}(undef, 2)
attempt(() -> v[1])
v[1] = "x"
println(v[1], isassigned(v, 1), isassigned(v, 2), isassigned(v, 3))
attempt(() -> p.missing_field)
