# Every primitive operation on every type it works on: compiled for the types, called as a value, and as the reference
# does it. One line an operation, with a sum over its results for each type.
const Signeds = (Int8, Int16, Int32, Int64, Int128)
const Unsigneds = (UInt8, UInt16, UInt32, UInt64, UInt128)
const Floats = (Float16, Float32, Float64)

mix(h, x::Bool) = mix(h, x ? 0x01 : 0x00)
mix(h, x::Integer) = (xor(h, x % UInt64) * 0x00000100000001b3) + ((x >> 32 >> 32) % UInt64)
mix(h, x::Float16) = mix(h, isnan(x) ? 0x7e01 : reinterpret(UInt16, x))
mix(h, x::Float32) = mix(h, isnan(x) ? 0x7fc00001 : reinterpret(UInt32, x))
mix(h, x::Float64) = mix(h, isnan(x) ? 0x7ff8000000000001 : reinterpret(UInt64, x))
mix(h, x::Tuple) = mix(mix(h, x[1]), x[2])
mix(h, ::DivideError) = mix(h, 0x0dead)

attempt(f, args...) = try
    f(args...)
catch e
    e
end

integers(T) = (T(0), T(1), T(100), typemax(T), typemin(T), T(7), ~T(0), ~T(6), typemax(T) ⊻ (typemax(T) >> 3))
floats(T) = (T(0), -T(0), T(1), T(-2.5), T(3.5), T(0.1), floatmax(T), nextfloat(T(0)), T(-Inf), T(NaN))
amounts = (0, 1, 7, 8, 63, 64, 127, 128, -1, 0x05, 0xff, Int128(3), UInt128(200))

# The functions are compiled for what they are called with.
function compare(name, compiled, dynamic, h, args...)
    a = attempt(compiled, args...)
    b = attempt(dynamic, args...)
    (a === b || a isa AbstractFloat && isnan(a) && isnan(b)) || println(name, args, ": ", a, " and ", b)
    return mix(h, a)
end
function unary(name, types, values)
    print(name)
    compiled = @eval x -> Core.Intrinsics.$name(x)
    dynamic = getfield(Core.Intrinsics, name)
    for T in types
        h = UInt64(0)
        for x in values(T)
            h = Base.invokelatest(compare, name, compiled, dynamic, h, x)
        end
        print(" ", string(h >> 32, base = 16))
    end
    println()
end
function binary(name, types, values, seconds = values)
    print(name)
    compiled = @eval (x, y) -> Core.Intrinsics.$name(x, y)
    dynamic = getfield(Core.Intrinsics, name)
    for T in types
        h = UInt64(0)
        for x in values(T), y in seconds(T)
            h = Base.invokelatest(compare, name, compiled, dynamic, h, x, y)
        end
        print(" ", string(h >> 32, base = 16))
    end
    println()
end
function ternary(name, types, values)
    print(name)
    compiled = @eval (x, y, z) -> Core.Intrinsics.$name(x, y, z)
    dynamic = getfield(Core.Intrinsics, name)
    for T in types
        h = UInt64(0)
        for x in values(T), y in values(T)
            h = Base.invokelatest(compare, name, compiled, dynamic, h, x, y, T(1.5))
        end
        print(" ", string(h >> 32, base = 16))
    end
    println()
end
function conversion(name, from, to, values, fits = (S, T) -> true)
    dynamic = getfield(Core.Intrinsics, name)
    for S in from
        print(name, " ", S)
        for T in to
            fits(S, T) || continue
            compiled = @eval x -> Core.Intrinsics.$name($T, x)
            h = UInt64(0)
            for x in values(S, T)
                h = Base.invokelatest(compare, name, compiled, (x -> dynamic(T, x)), h, x)
            end
            print(" ", string(h >> 32, base = 16))
        end
        println()
    end
end

const Ints = (Signeds..., Unsigneds...)
for name in (:neg_int, :not_int, :ctpop_int, :ctlz_int, :cttz_int)
    unary(name, Ints, integers)
end
unary(:bswap_int, filter(T -> sizeof(T) > 1, collect(Ints)), integers)
for name in (:add_int, :sub_int, :mul_int, :and_int, :or_int, :xor_int, :eq_int, :ne_int, :slt_int, :sle_int, :ult_int,
             :ule_int, :flipsign_int, :checked_sadd_int, :checked_uadd_int, :checked_ssub_int, :checked_usub_int)
    binary(name, Ints, integers)
end
for name in (:checked_smul_int, :checked_umul_int)
    binary(name, filter(T -> sizeof(T) < 16, collect(Ints)), integers)
end
# The smallest number by -1 has no defined quotient but in the checked ones.
for name in (:sdiv_int, :srem_int)
    binary(name, Ints, T -> filter(x -> x != typemin(T) || x == 0, collect(integers(T))))
end
for name in (:udiv_int, :urem_int, :checked_sdiv_int, :checked_udiv_int, :checked_srem_int, :checked_urem_int)
    binary(name, Ints, integers)
end
for name in (:shl_int, :lshr_int, :ashr_int)
    binary(name, Ints, integers, T -> amounts)
end
for name in (:and_int, :or_int, :xor_int, :eq_int, :ne_int, :ult_int, :ule_int)
    binary(name, (Bool,), T -> (false, true))
end
unary(:not_int, (Bool,), T -> (false, true))
for name in (:neg_float, :abs_float, :ceil_llvm, :floor_llvm, :trunc_llvm, :rint_llvm)
    unary(name, Floats, floats)
end
unary(:sqrt_llvm, Floats, T -> filter(x -> !(x < 0), collect(floats(T))))
for name in (:add_float, :sub_float, :mul_float, :div_float, :rem_float, :eq_float, :ne_float, :lt_float, :le_float, :fpiseq, :copysign_float)
    binary(name, Floats, floats)
end
ternary(:fma_float, (Float32, Float64), floats)

wider(S, T) = sizeof(T) > sizeof(S)
conversion(:sext_int, Ints, Ints, (S, T) -> integers(S), wider)
conversion(:zext_int, Ints, Ints, (S, T) -> integers(S), wider)
conversion(:trunc_int, Ints, Ints, (S, T) -> integers(S), (S, T) -> sizeof(T) < sizeof(S))
conversion(:bitcast, (Ints..., Floats...), (Ints..., Floats...), (S, T) -> S <: Integer ? integers(S) : floats(S), (S, T) -> sizeof(S) == sizeof(T))
conversion(:sitofp, Signeds, (Float32, Float64), (S, T) -> integers(S))
conversion(:uitofp, Unsigneds, (Float32, Float64), (S, T) -> integers(S))
# What does not fit has no defined result.
conversion(:fptosi, (Float32, Float64), Signeds, (S, T) -> (S(0), -S(0), S(1.99), S(-2.5), S(100), S(-128)))
conversion(:fptoui, (Float32, Float64), Unsigneds, (S, T) -> (S(0), S(1.99), S(2.5), S(100), S(255)))
conversion(:fptosi, (Float32, Float64), (Int64, Int128), (S, T) -> (S(2)^62, -S(2)^63, S(1e15)))
conversion(:fptoui, (Float32, Float64), (UInt64, UInt128), (S, T) -> (S(2)^63, S(1e15)))
conversion(:fptrunc, (Float64,), (Float32,), (S, T) -> (floats(S)..., 1e-40, 1e39))
conversion(:fpext, (Float32,), (Float64,), (S, T) -> floats(S))
