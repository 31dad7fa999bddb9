# Tables printed with @printf: an amortisation plan, statistics of groups, a multiplication table, a bar chart.
using Printf

struct Loan
    principal::Float64
    rate::Float64
    months::Int
end
payment(l::Loan) = l.rate == 0 ? l.principal / l.months : l.principal * (l.rate / 12) / (1 - (1 + l.rate / 12)^(-l.months))

function schedule(loan)
    rows = NamedTuple{(:month, :interest, :principal, :left),Tuple{Int,Float64,Float64,Float64}}[]
    left = loan.principal
    p = payment(loan)
    for month in 1:loan.months
        interest = left * loan.rate / 12
        left -= p - interest
        push!(rows, (month=month, interest=interest, principal=p - interest, left=abs(left) < 0.005 ? 0.0 : left))
    end
    rows
end

mean(xs) = sum(xs) / length(xs)
function median(xs)
    s = sort(xs)
    n = length(s)
    isodd(n) ? float(s[(n + 1) ÷ 2]) : (s[n ÷ 2] + s[n ÷ 2 + 1]) / 2
end
std(xs) = sqrt(sum(abs2, xs .- mean(xs)) / (length(xs) - 1))

function report(io::IO, data)
    @printf(io, "%-8s|%5s|%8s|%8s|%8s\n", "group", "n", "mean", "median", "std")
    println(io, "-"^8, "+", "-"^5, ("+" * "-"^8)^3)
    for group in sort(unique(first.(data)))
        values = [x for (g, x) in data if g == group]
        @printf io "%-8s|%5d|%8.3f|%8.2f|%8.2e\n" group length(values) mean(values) median(values) std(values)
    end
end

function histogram(values, edges)
    counts = [count(x -> lo <= x < hi, values) for (lo, hi) in zip(edges, edges[2:end])]
    for (i, c) in enumerate(counts)
        @printf("[%4.1f, %4.1f) %-10s %3d %5.1f%%\n", edges[i], edges[i+1], "█"^c, c, 100c / length(values))
    end
    return counts
end

function (@main)(args)
    loan = Loan(1000, 0.06, 6)
    @printf("%6s %10s %10s %10s\n", "month", "interest", "principal", "left")
    for r in schedule(loan)
        @printf("%6d %10.2f %10.2f %10.2f\n", r.month, r.interest, r.principal, r.left)
    end
    @printf("payment %.4f, total %.2f\n", payment(loan), 6payment(loan))

    data = [("red", 1.5), ("blue", 2.0), ("red", 2.25), ("green", 9.0), ("blue", 4.0), ("red", 10.0), ("green", 8.5), ("blue", -1.0)]
    report(stdout, data)
    text = sprint(report, data)
    println(length(split(text, '\n')), " lines, widest ", maximum(length, split(text, '\n')))

    for i in 0:5
        for j in 0:5
            i == 0 && j == 0 ? @printf("%4s", "×") : i * j == 0 ? @printf("%4d", i + j) : @printf("%4d", i * j)
        end
        println()
    end
    histogram([0.1, 0.5, 1.1, 1.2, 1.9, 2.5, 2.6, 2.7, 3.9], 0:1.0:4)
    @printf("%05d|%+d|%x|%X|%#x|%o|%e|%g|%g|%c|%5s|%-5s|%%\n", 42, 7, 255, 255, 255, 8, 12345.678, 0.0001, 1e10, 'λ', "ab", "cd")
    @printf("%s %s %s\n", [1, 2], :sym, (1, "a"))
    println(@sprintf("%8.3f|%-8.3f|%08.3f", π, π, -π), @sprintf(" %.0f %.1f %5.1f", 0.5, 0.25, 99.95))
    println(rpad("Total", 10, '.') * lpad(string(round(123.456; digits=1)), 10, '.'))
end
