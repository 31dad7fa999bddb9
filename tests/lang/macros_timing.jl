# Bytes, seconds and values of code that is measured.
println(8000 <= @allocated(zeros(1000)))
measured() = @allocated zeros(1000)
measured()
println(8000 <= measured())
t = @timed zeros(1000)
println(length(t.value), " ", t.bytes >= 8000, " ", t.time >= 0, " ", t.gctime >= 0)
println(keys(t)[1:4])
println(@elapsed(sum(1:10)) isa Float64)
text = Base.format_bytes
println(text(0), ", ", text(1), ", ", text(1234), ", ", text(12345678), ", ", text(3 * 2^30))
