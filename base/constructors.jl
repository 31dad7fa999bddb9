# Constructors of the types that the run-time system itself makes. Their names are imported, since methods are added.

import Core: TypeVar, UnionAll, QuoteNode, Nothing, Symbol, String, Char, Bool, ErrorException, ArgumentError
import Core: Number, Real, Integer, Signed, Unsigned, AbstractFloat, Float64, Float32, Float16
import Core: AssertionError, BoundsError, DivideError, DomainError, OverflowError, InexactError, OutOfMemoryError
import Core: StackOverflowError, UndefRefError, UndefVarError, UndefKeywordError, InterruptException, TypeError, MethodError
import Core: LoadError, InitError, Ref

TypeVar(name::Symbol) = Core._typevar(name)
TypeVar(name::Symbol, upper) = Core._typevar(name, upper)
TypeVar(name::Symbol, lower, upper) = Core._typevar(name, lower, upper)
UnionAll(variable::TypeVar, body) = Core._unionall(variable, body)

ErrorException(msg) = Core._new(ErrorException, msg)
ArgumentError(msg) = Core._new(ArgumentError, msg)
AssertionError(msg) = Core._new(AssertionError, msg)
AssertionError() = Core._new(AssertionError, "")
BoundsError() = Core._new(BoundsError)
BoundsError(a) = Core._new(BoundsError, a)
BoundsError(a, i) = Core._new(BoundsError, a, i)
DivideError() = Core._new(DivideError)
DomainError(val) = Core._new(DomainError, val, "")
DomainError(val, msg) = Core._new(DomainError, val, msg)
OverflowError(msg) = Core._new(OverflowError, msg)
InexactError(func::Symbol, T, val) = Core._new(InexactError, func, T, val)
OutOfMemoryError() = Core._new(OutOfMemoryError)
StackOverflowError() = Core._new(StackOverflowError)
UndefRefError() = Core._new(UndefRefError)
UndefVarError(var::Symbol) = Core._new(UndefVarError, var)
UndefKeywordError(var::Symbol) = Core._new(UndefKeywordError, var)
InterruptException() = Core._new(InterruptException)
TypeError(func::Symbol, expected, got) = TypeError(func, "", expected, got)
TypeError(func::Symbol, context, expected, got) = Core._new(TypeError, func, context, expected, got)
MethodError(f, args) = Core._new(MethodError, f, args, 0xffffffffffffffff)
LoadError(file, line, error) = Core._new(LoadError, file, line, error)
InitError(mod::Symbol, error) = Core._new(InitError, mod, error)
QuoteNode(value) = Core._new(QuoteNode, value)
Nothing() = nothing
