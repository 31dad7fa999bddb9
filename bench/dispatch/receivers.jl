# Calls of one function for receivers of 1, 4 and 40 types, twin of `receivers.cpp`: each line is a kind of call, the sum
# of the results and the nanoseconds of one call. It says nothing of what the callees do: they read one field.

abstract type Receiver end
struct R0 <: Receiver; x::Int; end
struct R1 <: Receiver; x::Int; end
struct R2 <: Receiver; x::Int; end
struct R3 <: Receiver; x::Int; end
struct R4 <: Receiver; x::Int; end
struct R5 <: Receiver; x::Int; end
struct R6 <: Receiver; x::Int; end
struct R7 <: Receiver; x::Int; end
struct R8 <: Receiver; x::Int; end
struct R9 <: Receiver; x::Int; end
struct R10 <: Receiver; x::Int; end
struct R11 <: Receiver; x::Int; end
struct R12 <: Receiver; x::Int; end
struct R13 <: Receiver; x::Int; end
struct R14 <: Receiver; x::Int; end
struct R15 <: Receiver; x::Int; end
struct R16 <: Receiver; x::Int; end
struct R17 <: Receiver; x::Int; end
struct R18 <: Receiver; x::Int; end
struct R19 <: Receiver; x::Int; end
struct R20 <: Receiver; x::Int; end
struct R21 <: Receiver; x::Int; end
struct R22 <: Receiver; x::Int; end
struct R23 <: Receiver; x::Int; end
struct R24 <: Receiver; x::Int; end
struct R25 <: Receiver; x::Int; end
struct R26 <: Receiver; x::Int; end
struct R27 <: Receiver; x::Int; end
struct R28 <: Receiver; x::Int; end
struct R29 <: Receiver; x::Int; end
struct R30 <: Receiver; x::Int; end
struct R31 <: Receiver; x::Int; end
struct R32 <: Receiver; x::Int; end
struct R33 <: Receiver; x::Int; end
struct R34 <: Receiver; x::Int; end
struct R35 <: Receiver; x::Int; end
struct R36 <: Receiver; x::Int; end
struct R37 <: Receiver; x::Int; end
struct R38 <: Receiver; x::Int; end
struct R39 <: Receiver; x::Int; end
value(r::R0) = r.x + 0
value(r::R1) = r.x + 1
value(r::R2) = r.x + 2
value(r::R3) = r.x + 3
value(r::R4) = r.x + 4
value(r::R5) = r.x + 5
value(r::R6) = r.x + 6
value(r::R7) = r.x + 7
value(r::R8) = r.x + 8
value(r::R9) = r.x + 9
value(r::R10) = r.x + 10
value(r::R11) = r.x + 11
value(r::R12) = r.x + 12
value(r::R13) = r.x + 13
value(r::R14) = r.x + 14
value(r::R15) = r.x + 15
value(r::R16) = r.x + 16
value(r::R17) = r.x + 17
value(r::R18) = r.x + 18
value(r::R19) = r.x + 19
value(r::R20) = r.x + 20
value(r::R21) = r.x + 21
value(r::R22) = r.x + 22
value(r::R23) = r.x + 23
value(r::R24) = r.x + 24
value(r::R25) = r.x + 25
value(r::R26) = r.x + 26
value(r::R27) = r.x + 27
value(r::R28) = r.x + 28
value(r::R29) = r.x + 29
value(r::R30) = r.x + 30
value(r::R31) = r.x + 31
value(r::R32) = r.x + 32
value(r::R33) = r.x + 33
value(r::R34) = r.x + 34
value(r::R35) = r.x + 35
value(r::R36) = r.x + 36
value(r::R37) = r.x + 37
value(r::R38) = r.x + 38
value(r::R39) = r.x + 39

function sum_any(receivers::Vector{Any}, rounds)
    total = 0
    for _ in 1:rounds, i in 1:length(receivers)
        total += value(receivers[i])::Int
    end
    return total
end

@noinline known(r::R0, k) = r.x + k

function sum_known(rounds)
    total, r = 0, R0(1)
    for k in 1:1000rounds
        total += known(r, k & 1)
    end
    return total
end

receivers(constructors) = Any[constructors[mod1(i, length(constructors))](i & 15) for i in 1:1000]

# The median of short batches: one that the machine interrupted does not count.
function report(name, f)
    f(50)
    times = Float64[]
    total = 0
    for _ in 1:101
        start = time_ns()
        total += f(200)
        push!(times, (time_ns() - start) / 200_000)
    end
    println(name, " ", total, " ", sort!(times)[51])
end

function (@main)(args)
    all = Any[R0, R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, R13, R14, R15, R16, R17, R18, R19, R20, R21, R22, R23, R24, R25, R26, R27, R28, R29, R30, R31, R32, R33, R34, R35, R36, R37, R38, R39]
    one, four, forty = receivers(all[1:1]), receivers(all[1:4]), receivers(all)
    report("known", sum_known)
    report("1", rounds -> sum_any(one, rounds))
    report("4", rounds -> sum_any(four, rounds))
    report("40", rounds -> sum_any(forty, rounds))
    return 0
end
