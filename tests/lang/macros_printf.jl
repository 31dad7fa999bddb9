# Printf: formats as in C.
using Printf
@printf("%d %5d|%-5d|%05d %+d\n", 1, 42, 42, 42, 42)
@printf("%.2f %8.3f|%-8.1f|%e %g %g\n", 3.14159, 2.71828, 1.5, 12345.678, 0.0001, 1e10)
@printf("%s %10s|%-10s|%c %x %X %o %%\n", "hi", "right", "left", 'c', 255, 255, 8)
println(@sprintf("%.3e", 1234.6), @sprintf("%5.1f%%", 45.678))
@printf(stdout, "%s\n", "text")
println(@sprintf("%d", 3.0), @sprintf("%.0f", 0.6), @sprintf("%.0f", 1.6))
println(@sprintf("%i %u %08.3f %+.2e", 5, 6, -3.14159, 1e-5))
println(@sprintf("%g %g %g", 100000.0, 1000000.0, 1.5))
println(@sprintf("%s %s", :sym, 1.5), @sprintf("%-6s|", "ab"))
println(@sprintf("%f %f", Inf, NaN))
name, n = "x", 3
println(@sprintf("%s has %d item%s", name, n, n == 1 ? "" : "s"))
println(@sprintf("%#x %#o % d", 255, 8, 5))
println(@sprintf("%10.4f|%-10.2e|", pi, 0.00123))
