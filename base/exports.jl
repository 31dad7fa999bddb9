# The names a program sees without writing `Base.` before them.

export !, !=, !==, ≠, ≢, %, &, *, +, -, /, <, <<, <=, ≤, ==, >, >=, ≥, >>, >>>, ÷, ^, |, ⊻, ~, xor, <:, >:, |>, ∘, :, in, ∈, ∉
export identity, ifelse, isa, convert, promote, promote_type, promote_rule, oftype, zero, one, typemin, typemax, eltype
export abs, abs2, sign, signbit, copysign, flipsign, div, rem, mod, fld, cld, divrem, fldmod, mod1, gcd, lcm, iseven, isodd, iszero, isone
export min, max, minmax, clamp, isnan, isinf, isfinite, isinteger, float, muladd, fma
export floor, ceil, trunc, round, sqrt, cbrt, hypot, exp, exp2, log, log2, log10, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, isqrt
export count_ones, leading_zeros, trailing_zeros, pi, π, Inf, NaN, ℯ
export error, rethrow, ErrorException, ArgumentError, DimensionMismatch, KeyError, StringIndexError
export iterate, length, size, axes, isempty, first, last, firstindex, lastindex, eachindex, getindex, setindex!, collect, similar, copy
export push!, pop!, pushfirst!, popfirst!, append!, insert!, deleteat!, resize!, empty!, fill, fill!, zeros, ones, reverse, reverse!, vcat
export map, foreach, filter, reduce, foldl, mapreduce, sum, prod, maximum, minimum, any, all, count, enumerate, zip, findfirst
export IO, Vector, Matrix, AbstractVector, AbstractMatrix, AbstractRange, Val, getproperty, setproperty!, step, range, string, print, println, show, repr, sprint, write, IOBuffer, stdout, stderr, take!, flush
export codepoint, codeunit, ncodeunits, codeunits, isascii, isdigit, isletter, isspace, isuppercase, islowercase, uppercase, lowercase
export nextind, prevind, thisind, isvalid, repeat, join, startswith, endswith, occursin, strip, lstrip, rstrip, split, parse, tryparse
export isequal, isless, cmp, hash, objectid, ntuple, isnothing, something, typeof, UnitRange, StepRange, Pair, =>, Ref, time, time_ns, exit
