# `Meta`: parsing text, and questions about expressions.

module Meta

export quot, isexpr, isidentifier, isoperator, isunaryoperator, isbinaryoperator, ispostfixoperator

quot(code) = Expr(:quote, code)

isexpr(code, head) = code isa Expr && code.head === head
isexpr(code, heads::Union{Array,Set,Tuple}) = code isa Expr && code.head in heads
isexpr(code, heads, n::Int64) = isexpr(code, heads) && length(code.args) == n

isidentifier(name::Symbol) = isidentifier(String(name))
isidentifier(name) = Core._is_identifier(Symbol(name)) && !isoperator(Symbol(name))
# An operator is what parses as the name of a call with two arguments around it, or before one.
isoperator(name) = isbinaryoperator(name) || isunaryoperator(name) || ispostfixoperator(name)
function isbinaryoperator(name)
    code, _, message, _ = Core._parse(string("a ", name, " b"), 0, :statement, "none")
    message === nothing && code isa Expr || return false
    code.head === :call && return code.args[1] === Symbol(name) && length(code.args) == 3
    return code.head === Symbol(name)
end
isunaryoperator(name) = Symbol(name) in (:+, :-, :!, :~, :¬, :√, :∛, :∜, :<:, :>:, :⋆, :±, :∓, :$, :&, :(::))
ispostfixoperator(name) = Symbol(name) in (Symbol("'"), Symbol("..."))

# A text that is not Julia's.
struct ParseError <: Exception
    msg
    detail
end
ParseError(msg) = ParseError(msg, nothing)
Base.showerror(io, e::ParseError) = print(io, "ParseError:\n", e.msg)

# What `raise=false` gives in place of code.
function wrong(message, incomplete, raise)
    e = ParseError(message)
    raise && !incomplete && throw(e)
    return Expr(incomplete ? :incomplete : :error, e)
end

# The expression from byte `start` on, and where the next one starts.
function parse(text::AbstractString, start::Int64; greedy=true, raise=true, depwarn=true)
    1 <= start <= ncodeunits(text) + 1 || throw(BoundsError(text, start))
    code, next, message, incomplete = Core._parse(String(text), start - 1, greedy ? :statement : :atom, "none")
    message === nothing || return wrong(message, incomplete, raise), ncodeunits(text) + 1
    return code, next + 1
end

# The one expression of a text.
function parse(text::AbstractString; raise=true, depwarn=true)
    code, next = parse(text, 1; raise=raise)
    isexpr(code, (:error, :incomplete)) && return code
    while next <= ncodeunits(text)
        more, next = parse(text, next; raise=false)
        more === nothing || return wrong("extra token after end of expression", false, raise)
    end
    return code
end

parseatom(text::AbstractString, start; filename="none") = parse(text, start; greedy=false)
function parseall(text::AbstractString; filename="none")
    code, _, message, incomplete = Core._parse(String(text), 0, :all, String(filename))
    return message === nothing ? code : Expr(:toplevel, wrong(message, incomplete, false))
end

# An expression printed as nested lists.
show_sexpr(args...) = Base.show_sexpr(args...)

lower(m::Module, code) = throw(ArgumentError("lowered code cannot be shown yet"))

# The code inside blocks of one expression, and inside `esc`.
unblock(code) = code
function unblock(code::Expr)
    code.head === :block || return code
    parts = filter(part -> !(part isa LineNumberNode), code.args)
    return length(parts) == 1 ? unblock(parts[1]) : code
end
unescape(code) = code
function unescape(code::Expr)
    code.head === :escape && return unescape(code.args[1])
    code.head === Symbol("hygienic-scope") && return unescape(code.args[1])
    return code
end

end
