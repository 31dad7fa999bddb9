# 128-bit integers and half-precision floats wherever values go: arguments, results, fields, elements, unions, tuples, boxes.
struct Wide
    tag::Int8
    low::Int128
    half::Float16
    high::UInt128
end
mutable struct Cell{T}
    x::T
    y::Union{T,Nothing}
    z::Any
end
@noinline pass(x::Int128, y::Float16, z::UInt128) = (z, x, y)
@noinline many(a::Int128, b::Int128, c::Int128, d::Int128, e::Int128, f::Float16, g::UInt128) = a - b + c - d + e + (g % Int128) + Int128(f)
@noinline maybe(n) = n == 0 ? nothing : n == 1 ? Int128(5)^30 : n == 2 ? Float16(2.5) : "text"
@noinline small(n) = n == 0 ? Int128(-1) : n == 1 ? UInt128(7) : n == 2 ? Float16(0.1) : 2.0
const slot = Any[0]
@noinline opaque(x) = (slot[1] = x; slot[1])
twice(w::Wide) = Wide(w.tag * Int8(2), w.low * 2, w.half * 2, w.high * 2)
function total(a)
    s = zero(eltype(a))
    for x in a
        s += x
    end
    return s
end
function fill_up!(c, n)
    for i in 1:n
        c.x += one(c.x)
        c.y = c.y === nothing ? c.x : c.y * c.x
        c.z = c.y
    end
    return c
end
function counts(n)
    d = Dict{Int128,Float16}()
    for i in 1:n
        d[Int128(i)^20] = Float16(i) / 3
    end
    return d
end
function sift(values)
    i = Int128(0)
    h = Float16(0)
    for v in values
        if v isa Int128
            i += v
        elseif v isa Float16
            h += v
        end
    end
    return i, h
end
function fibonacci(n)
    a, b = UInt128(0), UInt128(1)
    for _ in 1:n
        a, b = b, a + b
    end
    return a
end
function collatz(n::Int128)
    k = 0
    while n != 1
        n = iseven(n) ? n ÷ 2 : 3n + 1
        k += 1
    end
    return k
end
function gauss(n)
    s = Float16(0)
    for i in 1:n
        s += Float16(i)
    end
    return s
end
function (@main)(args)
    big = Int128(2)^100 + 12345
    println(pass(big, Float16(1.5), typemax(UInt128)))
    println(many(big, big - 1, big + 2, Int128(-4), -big, Float16(9), UInt128(100)))
    println([maybe(n) for n in 0:3])
    println([typeof(small(n)) for n in 0:3], " ", small(0), " ", small(1), " ", small(2))
    w = Wide(-3, -big, 0.1, typemax(UInt128) - 1)
    println(w)
    println(twice(w))
    println(twice(twice(w)) === twice(twice(w)), " ", w == Wide(-3, -big, 0.1, typemax(UInt128) - 1), " ", w === Wide(-3, -big, 0.2, 0))
    println(sizeof(Wide), " ", sizeof(Int128), " ", sizeof(Float16))
    a = [Int128(i)^15 for i in 1:5]
    println(a, " ", total(a), " ", sum(a), " ", maximum(a))
    h = Float16[i / 7 for i in 1:5]
    println(h, " ", total(h), " ", maximum(h), " ", sort(h, rev = true))
    ws = [Wide(i, i, i, i) for i in 1:3]
    ws[2] = twice(ws[3])
    println(ws)
    push!(a, typemin(Int128))
    println(a[end], " ", length(a), " ", reverse(a)[1:2])
    u = Union{Int128,Float16,Nothing}[Int128(1), Float16(0.5), nothing]
    push!(u, Int128(9))
    println(u, " ", typeof(u[2]), " ", sift(u))
    any = Any[Int128(1), UInt128(2), Float16(3), (Int128(4), Float16(5))]
    println(any, " ", sift(any), " ", typeof(any[4]))
    println(fill_up!(Cell{Int128}(1, nothing, nothing), 20).z, " ", fill_up!(Cell{Float16}(0, nothing, nothing), 5).y)
    d = counts(6)
    println(d[Int128(6)^20], " ", haskey(d, Int128(7)), " ", length(d))
    println(fibonacci(186), " ", collatz(Int128(837799)), " ", gauss(100))
    x = opaque(big)
    y = opaque(Float16(0.25))
    println(x + 1, " ", x * x, " ", x == big, " ", x === big, " ", -x < 0, " ", y + y, " ", y * 3, " ", y === Float16(0.25), " ", isequal(y, 0.25))
    t = (big, Float16(1), 0x01, (UInt128(3), Float16(2)))
    println(t, " ", t[4][1] + 1, " ", map(typeof, t), " ", t == opaque(t), " ", t === opaque(t))
    f = n -> (big += n; big)
    println(f(1), " ", f(Int128(10)), " ", big)
    println(div(big, -7), " ", rem(big, -7), " ", mod(big, -7), " ", fld(-big, 7), " ", divrem(typemax(UInt128), UInt128(10)^19))
    println(big >> 90, " ", big << 30, " ", -big >>> 100, " ", -big >> 100, " ", trailing_zeros(big), " ", leading_zeros(big), " ", count_ones(big))
    println(Float64(big), " ", Float32(big), " ", Int128(1.0e30), " ", trunc(Int128, -2.5f10), " ", Float16(big), " ", UInt128(Float16(2048)), " ", Float64(typemax(UInt128)))
    println(hash(Int128(5)) == hash(5), " ", hash(Float16(0.5)) == hash(0.5), " ", big % Int8, " ", big % UInt64)
    for g in (() -> div(big, Int128(0)), () -> div(typemin(Int128), opaque(Int128(-1))), () -> Int64(big), () -> Int128(1.0e40), () -> UInt128(-1), () -> Base.checked_mul(big, big))
        try
            println(g())
        catch e
            println(sprint(showerror, e))
        end
    end
    return 0
end
