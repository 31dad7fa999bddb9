# Messages to standard error: values by name, options, limits; @debug evaluates nothing.
@info "one"
@info "with values" a="text" b=[1, 2]
@warn "two\nlines" x=3
@error "failed" exception=ArgumentError("no")
for i in 1:4
    @warn "limited" maxlog=2 i
end
@warn "from elsewhere" _module=Base _file="other.jl" _line=7
@debug "never" error("not evaluated")
println(@info("nothing") === nothing)
error("end")
