# The names a program sees without writing `Base.` before them.

# Operators and numbers.
export !, !=, !==, ≠, ≢, %, &, *, +, -, /, <, <<, <=, ≤, ==, >, >=, ≥, >>, >>>, ÷, ^, |, ⊻, ~, xor, <:, >:, |>, ∘, :, in, ∈, ∉, ≈, ≉
export identity, ifelse, isa, convert, promote, promote_type, promote_rule, oftype, zero, one, typemin, typemax, eltype
export abs, abs2, sign, signbit, copysign, flipsign, div, rem, mod, fld, cld, divrem, fldmod, mod1, fld1, fldmod1, gcd, lcm, gcdx, iseven, isodd, iszero, isone
export min, max, minmax, clamp, isnan, isinf, isfinite, isinteger, issubnormal, float, muladd, fma, isapprox, eps, widen, widemul, signed, unsigned, inv, oneunit
export floor, ceil, trunc, round, sqrt, cbrt, hypot, exp, exp2, exp10, log, log2, log10, log1p, expm1, isqrt, powermod, invmod, √, ∛
export sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, sincos, deg2rad, rad2deg, cot, sec, csc, coth, sech, csch
export acot, asec, acsc, acoth, asech, acsch, sinpi, cospi, sincospi, tanpi, sinc, cosc, sind, cosd, tand, asind, acosd, atand, sincosd, mod2pi, rem2pi, evalpoly
export ldexp, frexp, exponent, significand, modf, nextfloat, prevfloat, floatmin, floatmax, maxintfloat, precision, unsafe_trunc
export RoundingMode, RoundNearest, RoundToZero, RoundUp, RoundDown, RoundFromZero, RoundNearestTiesAway, RoundNearestTiesUp
export count_ones, count_zeros, leading_zeros, trailing_zeros, leading_ones, trailing_ones, bitstring, bitrotate, bitreverse, bswap, reinterpret
export ntoh, hton, ltoh, htol, nand, nor, ⊼, ⊽
export //, Rational, numerator, denominator, rationalize, Complex, ComplexF64, ComplexF32, ComplexF16, im, real, imag, reim, conj, complex, isreal, angle, cis, cispi
export AbstractIrrational, Irrational, MathConstants, pi, π, ℯ, Inf, NaN, Inf64, NaN64, Inf32, NaN32, Inf16, NaN16
export factorial, binomial, digits, digits!, ndigits, ispow2, nextpow, prevpow

# Errors.
export error, rethrow, showerror, backtrace, catch_backtrace, current_exceptions, stacktrace, StackTraces, EOFError, MissingException, CompositeException, CapturedException, ReadOnlyMemoryError, DimensionMismatch, KeyError, StringIndexError

# Collections.
export iterate, length, size, ndims, axes, isempty, first, last, firstindex, lastindex, eachindex, getindex, setindex!, collect
export similar, copy, copy!, copyto!, deepcopy, view, checkbounds, isassigned, sizehint!, only, keys, values, pairs, haskey, get, get!
export push!, pop!, pushfirst!, popfirst!, append!, prepend!, insert!, deleteat!, splice!, popat!, keepat!, resize!, empty!, empty, delete!
export fill, fill!, zeros, ones, trues, falses, reverse, reverse!, vcat, hcat, hvcat, reshape, vec, transpose, adjoint, permutedims
export eachrow, eachcol, eachslice, selectdim, circshift, diff, broadcast, broadcast!, Iterators, cat, dropdims, rot180, rotl90, rotr90, dot, mapslices, stack, invperm, isperm, permute!, partialsort, insorted
export IndexStyle, IndexLinear, IndexCartesian, CartesianIndex, CartesianIndices, LinearIndices, BitArray, BitVector, BitMatrix, SubArray
export checkindex, parent, parentindices, Broadcast, cumsum!, accumulate!, findprev, oneunit
export map, map!, foreach, filter, filter!, reduce, foldl, foldr, mapreduce, mapfoldl, accumulate, cumsum, cumprod, sum, prod
export maximum, minimum, extrema, any, all, count, enumerate, zip, findfirst, findlast, findall, findnext, findmax, findmin, argmax, argmin
export sort, sort!, sortperm, sortslices, InsertionSort, QuickSort, MergeSort, issorted, searchsorted, searchsortedfirst, searchsortedlast, unique, unique!, allunique, allequal
export union, union!, intersect, setdiff, setdiff!, symdiff, issubset, ⊆, ⊇, ⊊, ∪, ∩, isdisjoint, issetequal, intersect!, symdiff!, merge, merge!, mergewith, mergewith!, getkey, replace, replace!
export Vector, Matrix, AbstractVector, AbstractMatrix, AbstractRange, OrdinalRange, UnitRange, StepRange, StepRangeLen, LinRange, SubArray, VecOrMat, AbstractVecOrMat, Dims
export Dict, IdDict, AbstractDict, Set, AbstractSet, Pair, =>, Ref, Val, Colon, step, range, keytype, valtype

# Text and output.
export IO, IOBuffer, stdin, stdout, stderr, string, print, println, show, repr, sprint, write, take!, flush, summary, close, isopen
export IOContext, MIME, @MIME_str, display, displaysize, printstyled, dump, escape_string, textwidth, istextmime, isreadable, iswritable
export read, read!, readline, readlines, eachline, readuntil, readavailable, countlines, eof, peek, seek, seekstart, seekend, skip
export position, mark, unmark, reset, ismarked, truncate, bytesavailable
export codepoint, codeunit, ncodeunits, codeunits, isascii, isdigit, isletter, isspace, isuppercase, islowercase, isnumeric, ispunct, isxdigit, iscntrl, isprint
export uppercase, lowercase, titlecase, uppercasefirst, lowercasefirst, nextind, prevind, thisind, isvalid, repeat, join
export rsplit, ascii, escape_string, unescape_string
export startswith, endswith, occursin, contains, strip, lstrip, rstrip, split, eachsplit, lpad, rpad, chop, chomp, chopprefix, chopsuffix
export parse, tryparse, SubString

# Everything else.
export bytes2hex, hex2bytes
export isequal, isless, cmp, hash, objectid, ntuple, isnothing, something, typeof, getproperty, setproperty!, propertynames, hasproperty
export methods, which, hasmethod, applicable, invoke, typeintersect, nameof, parentmodule, isconst, names, fullname, fieldoffset
export isbits, isbitstype, ismutable, ismutabletype, isimmutable, isprimitivetype, isstructtype, nfields
export supertype, typejoin, fieldnames, fieldname, fieldcount, fieldtypes, hasfield, isconcretetype, isabstracttype
export time, time_ns, exit, atexit, isinteractive, ARGS, PROGRAM_FILE, Some, coalesce, ismissing, missing, Missing, ComposedFunction, Returns, precompile, skipmissing, nonmissingtype

# Code as values, and macros.
export gensym, esc, macroexpand, include_string, evalfile, Meta, SystemError
