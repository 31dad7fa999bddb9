# Code as values: `Expr` and its relatives, evaluation, macro expansion. How they print is said in show_expressions.jl.

import Core: Expr, LineNumberNode, GlobalRef, Symbol

Expr(head::Symbol, args...) = Core._expr(head, args...)
Expr(head, args...) = throw(TypeError(:Expr, "", Symbol, head))
LineNumberNode(line) = Core._new(LineNumberNode, convert(Int64, line), nothing)
LineNumberNode(line, file) = Core._new(LineNumberNode, convert(Int64, line), file isa AbstractString ? Symbol(file) : file)
GlobalRef(m::Module, name::Symbol) = Core._new(GlobalRef, m, name)

==(a::Expr, b::Expr) = a.head === b.head && isequal(a.args, b.args)
==(a::QuoteNode, b::QuoteNode) = isequal(a.value, b.value)
hash(e::Expr, h::UInt64) = hash(e.args, hash(e.head, h + 0x96d26dc6d1a0c5b1))
hash(q::QuoteNode, h::UInt64) = hash(q.value, h + 0x469d72aefb5d6d6a)

# A copy shares no `Expr` with the original, but everything else.
copy(e::Expr) = Expr(e.head, map(copied_part, e.args)...)
copied_part(x) = x
copied_part(e::Expr) = copy(e)

# Symbols no source text can contain.
const symbols_made = RefValue{Int64}(0)
function next_symbol_number()
    symbols_made.x += 1
    return symbols_made.x
end
gensym() = Symbol(string("##", next_symbol_number()))
gensym(tag) = Symbol(string("##", tag, "#", next_symbol_number()))
gensym(tags...) = map(gensym, tags)

esc(code) = Expr(:escape, code)

eval(code) = Core.eval(Base, code)
include(m::Module, path) = Core._include(m, String(path), nothing)
include(map, m::Module, path) = Core._include(m, String(path), map)
include_string(m::Module, code, file="string") = Core._include_string(m, String(code), String(file), nothing)
include_string(map, m::Module, code::AbstractString, file="string") = Core._include_string(m, String(code), String(file), map)
# Runs a file in a module of its own, where `ARGS` is what is given.
function evalfile(path, args=String[])
    m = Module(:__anon__)
    Core.eval(m, :(const ARGS = $args))
    Core.eval(m, :(eval(code) = Core.eval($m, code)))
    Core.eval(m, :(include(path) = Base.include($m, path)))
    return include(m, path)
end

# A module that no name means: `Module(:Name)`.
Module(name::Symbol=:anonymous, std_imports::Bool=true) = Core._new_module(name, std_imports)

macroexpand(m::Module, code; recursive=true) = Core._macroexpand(m, code, !recursive)

# Thrown when a text does not parse.
parse_error(text) = Meta.ParseError(text)

# The system refused something: opening a file, for example.
struct SystemError <: Exception
    prefix::String
    errnum::Int32
    extrainfo
end
SystemError(prefix) = SystemError(prefix, Int32(0), nothing)
SystemError(prefix, errnum) = SystemError(prefix, errnum, nothing)
system_error(prefix, why) = SystemError(prefix, Int32(2), first(split(why, " (os error")))
# What the system calls the commonest of its errors.
function system_error_text(number)
    number == 0 && return "Success"
    number == 1 && return "Operation not permitted"
    number == 2 && return "No such file or directory"
    number == 5 && return "Input/output error"
    number == 9 && return "Bad file descriptor"
    number == 13 && return "Permission denied"
    number == 17 && return "File exists"
    number == 20 && return "Not a directory"
    number == 21 && return "Is a directory"
    number == 22 && return "Invalid argument"
    number == 32 && return "Broken pipe"
    return string("Unknown error ", number)
end
function showerror(io, e::SystemError)
    print(io, "SystemError: ", e.prefix)
    print(io, ": ", e.extrainfo === nothing ? system_error_text(e.errnum) : e.extrainfo)
end
showerror(io, e::Union{LoadError,InitError}) = showerror(io, e, nothing; backtrace = false)
