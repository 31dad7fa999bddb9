# Conversion, identity, and the few functions the other files cannot do without.

using Core.Intrinsics

const BitSigned = Union{Int8,Int16,Int32,Int64,Int128}
const BitUnsigned = Union{UInt8,UInt16,UInt32,UInt64,UInt128}
const BitInteger = Union{Int8,Int16,Int32,Int64,Int128,UInt8,UInt16,UInt32,UInt64,UInt128}
const BitFloat = Union{Float16,Float32,Float64}

# Sizes of arrays.
const Dims{N} = NTuple{N,Int64}

identity(x) = x

!(x::Bool) = not_int(x)
!==(x, y) = !(x === y)
const ≢ = !==

convert(::Type{Any}, x) = x
convert(::Type{T}, x::T) where {T} = x
convert(::Type{T}, x) where {T} = convert_slow(T, x)
# A value that is neither `nothing` nor `missing` becomes one of the other types of the union.
function convert_slow(::Type{T}, x) where {T}
    rest = without_singletons(T)
    rest === T || rest === Union{} ? throw(MethodError(convert, (T, x))) : convert(rest, x)
end

isnothing(x) = x === nothing
something() = throw(ArgumentError("No value arguments present"))
something(x, rest...) = x
something(::Nothing, rest...) = something(rest...)

# A value that may be `nothing` itself, told from its absence.
struct Some{T}
    value::T
end
something(x::Some, rest...) = x.value

# A function that gives the same value whatever its arguments.
struct Returns{T} <: Function
    value::T
end
(r::Returns)(args...; keywords...) = r.value

eltype(x) = eltype(typeof(x))
eltype(::Type) = Any

oftype(x, y) = convert(typeof(x), y)

time_ns() = Core._time_ns()
time() = Core._time()

# A mutable box for one value.
mutable struct RefValue{T} <: Ref{T}
    x::T
    RefValue{T}() where {T} = new()
    RefValue{T}(x) where {T} = new(x)
end
RefValue(x::T) where {T} = RefValue{T}(x)
Ref(x) = RefValue(x)
Ref{T}(x) where {T} = RefValue{T}(x)
Ref{T}() where {T} = RefValue{T}()
isassigned(r::RefValue) = isdefined(r, :x)
eltype(::Type{<:Ref{T}}) where {T} = T
getindex(r::RefValue) = r.x
setindex!(r::RefValue{T}, v) where {T} = (r.x = convert(T, v); r)

struct Pair{A,B}
    first::A
    second::B
end
=>(a, b) = Pair(a, b)
promote_rule(::Type{Pair{A,B}}, ::Type{Pair{C,D}}) where {A,B,C,D} = Pair{promote_type(A, C),promote_type(B, D)}
convert(::Type{Pair{A,B}}, p::Pair{A,B}) where {A,B} = p
convert(::Type{Pair{A,B}}, p::Pair) where {A,B} = Pair{A,B}(convert(A, p.first), convert(B, p.second))

# `x.name` and `x.name = value`.
getproperty(x, name::Symbol) = getfield(x, name)
setproperty!(x, name::Symbol, value) = setfield!(x, name, convert(fieldtype(typeof(x), name), value))
getproperty(m::Module, name::Symbol) = getglobal(m, name)

# A value as a type: what lets a method know it while it is compiled.
struct Val{x} end
Val(x) = Val{x}()

# Compiles a method for these argument types now; whether there is such a method.
precompile(f, types::Tuple) = Core._precompile(f, Core.apply_type(Tuple, types...))

# `x^2` with a literal exponent.
literal_pow(f, x, ::Val{p}) where {p} = f(x, p)

# What text can be written to.
abstract type IO end

# What can be called.
const Callable = Union{Function,Type}

# Collections by key, and without repetitions.
abstract type AbstractDict{K,V} end
abstract type AbstractSet{T} end
