# Polynomials with operators, printed as written by hand.
import Base: +, -, *, ==, divrem, show, zero, one, getindex, length, iszero

"A polynomial; `coefficients[i]` belongs to the power `i - 1`."
struct Polynomial{T<:Number}
    coefficients::Vector{T}
    function Polynomial{T}(c::AbstractVector) where {T<:Number}
        last = findlast(!iszero, c)
        new{T}(last === nothing ? T[] : c[1:last])
    end
end
Polynomial(c::AbstractVector{T}) where {T<:Number} = Polynomial{T}(c)
Polynomial(c::Number...) = Polynomial(collect(promote(c...)))

length(p::Polynomial) = length(p.coefficients)
degree(p::Polynomial) = length(p) - 1
getindex(p::Polynomial{T}, i::Integer) where {T} = i < length(p) ? p.coefficients[i + 1] : zero(T)
iszero(p::Polynomial) = isempty(p.coefficients)
zero(::Type{Polynomial{T}}) where {T} = Polynomial{T}(T[])
zero(p::Polynomial) = zero(typeof(p))
one(::Type{Polynomial{T}}) where {T} = Polynomial([one(T)])
==(p::Polynomial, q::Polynomial) = p.coefficients == q.coefficients
Base.promote_rule(::Type{Polynomial{S}}, ::Type{T}) where {S,T<:Number} = Polynomial{promote_type(S, T)}
Base.convert(::Type{Polynomial{T}}, x::Number) where {T} = Polynomial{T}([x])
Base.convert(::Type{Polynomial{T}}, p::Polynomial) where {T} = Polynomial{T}(p.coefficients)

for op in (:+, :-)
    @eval function $op(p::Polynomial, q::Polynomial)
        n = max(length(p), length(q))
        return Polynomial([$op(p[i], q[i]) for i in 0:(n - 1)])
    end
    @eval $op(p::Polynomial, x::Number) = $op(promote(p, x)...)
    @eval $op(x::Number, p::Polynomial) = $op(promote(x, p)...)
end
-(p::Polynomial) = Polynomial(-p.coefficients)
*(a::Number, p::Polynomial) = Polynomial(a .* p.coefficients)
*(p::Polynomial, a::Number) = a * p
function *(p::Polynomial{S}, q::Polynomial{T}) where {S,T}
    (iszero(p) || iszero(q)) && return zero(Polynomial{promote_type(S, T)})
    out = zeros(promote_type(S, T), length(p) + length(q) - 1)
    for i in eachindex(p.coefficients), j in eachindex(q.coefficients)
        out[i + j - 1] += p.coefficients[i] * q.coefficients[j]
    end
    return Polynomial(out)
end
Base.:^(p::Polynomial, n::Integer) = Base.power_by_squaring(p, n)
Base.copy(p::Polynomial) = Polynomial(copy(p.coefficients))

(p::Polynomial)(x) = foldr((c, acc) -> c + acc * x, p.coefficients; init=zero(x))
derivative(p::Polynomial) = Polynomial([i * p[i] for i in 1:degree(p)])

function divrem(p::Polynomial{T}, q::Polynomial) where {T}
    iszero(q) && throw(DivideError())
    quotient = zeros(Rational{Int}, max(length(p) - length(q) + 1, 0))
    rest = Rational{Int}.(p.coefficients)
    for k in length(quotient):-1:1
        c = rest[k + degree(q)] // q.coefficients[end]
        quotient[k] = c
        for j in 0:degree(q)
            rest[k + j] -= c * q[j]
        end
    end
    Polynomial(quotient), Polynomial(rest)
end

const SUPERSCRIPTS = collect("⁰¹²³⁴⁵⁶⁷⁸⁹")
superscript(n) = n == 1 ? "" : join(SUPERSCRIPTS[d + 1] for d in reverse(digits(n)))
function show(io::IO, p::Polynomial)
    iszero(p) && return print(io, 0)
    first = true
    for i in degree(p):-1:0
        c = p[i]
        iszero(c) && continue
        print(io, first ? (c < 0 ? "-" : "") : (c < 0 ? " - " : " + "))
        (abs(c) != 1 || i == 0) && print(io, abs(c))
        i > 0 && print(io, 'x', superscript(i))
        first = false
    end
end

p = Polynomial(-1, 0, 3, 2)
q = Polynomial([1, 1])
println("p = ", p, "   q = ", q)
println(p + q, " | ", p - q, " | ", p * q, " | ", 2p, " | ", q^5)
println(p + 0.5, " | ", 1 - q, " | ", typeof(p + 0.5))
println(p(2), " ", p(1.5), " ", map(p, -2:2), " ", p.([0, 1 // 2]))
println(derivative(p), " ", derivative(derivative(p)), " ", derivative(Polynomial(7)))
quotient, rest = divrem(p, q)
println(quotient, " rest ", rest, " ", quotient * q + rest == p)
println(p - p, " ", iszero(p - p), " ", degree(zero(p)))
println(sum([q, q, p]), " ", prod([q, q, q]))
println(Polynomial([1, 2, 0, 0]).coefficients, " ", zero(Polynomial{Int}), " ", one(Polynomial{Float64}))
try
    divrem(p, zero(p))
catch e
    println(e)
end
println(Polynomial(1, 2.5))
