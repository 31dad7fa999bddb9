# Macros that keep state, look at the module, and check their arguments.
const seen = Symbol[]
macro track(name)
    push!(seen, name)
    :($(esc(name)) = $(length(seen)))
end
@track aa
@track bb
println(aa, bb, seen)
macro ifdefined(name)
    isdefined(__module__, name) ? :(string("has ", $(esc(name)))) : "has not"
end
println(@ifdefined aa)
println(@ifdefined zz)
macro typed(ex)
    ex isa Expr && ex.head === :(::) || throw(ArgumentError("expected name::type"))
    :($(string(ex.args[1])), $(esc(ex.args[2])))
end
println(@typed x::Int)
try
    eval(:(@typed 5))
catch e
    err = e isa LoadError ? e.error : e
    println(err.msg)
end
macro compile_time(ex)
    Core.eval(__module__, ex)
end
k = 6
println(@compile_time k * 7)
k = 7
f() = @compile_time k + 1
k = 100
println(f())
macro assert_sorted(xs...)
    checks = [:($(esc(xs[i])) <= $(esc(xs[i+1]))) for i in 1:length(xs)-1]
    foldl((a, b) -> :($a && $b), checks)
end
println(@assert_sorted(1, 2, 3), @assert_sorted(1, 3, 2))
