# A tokeniser, a parser by precedence climbing, and an evaluator with variables and functions.
@enum TokenKind NUMBER NAME OPERATOR OPEN CLOSE COMMA FINISH

struct Token
    kind::TokenKind
    text::String
    position::Int
end
Base.show(io::IO, t::Token) = print(io, t.kind, "(", repr(t.text), ")@", t.position)

struct SyntaxError <: Exception
    message::String
    position::Int
end
Base.showerror(io::IO, e::SyntaxError) = print(io, "syntax error at ", e.position, ": ", e.message)

function tokenize(text::AbstractString)
    tokens = Token[]
    i = firstindex(text)
    while i <= lastindex(text)
        c = text[i]
        if isspace(c)
            i = nextind(text, i)
        elseif isdigit(c) || c == '.'
            j = i
            while j <= lastindex(text) && (isdigit(text[j]) || text[j] == '.')
                j = nextind(text, j)
            end
            push!(tokens, Token(NUMBER, text[i:prevind(text, j)], i))
            i = j
        elseif isletter(c)
            j = i
            while j <= lastindex(text) && (isletter(text[j]) || isdigit(text[j]))
                j = nextind(text, j)
            end
            push!(tokens, Token(NAME, text[i:prevind(text, j)], i))
            i = j
        else
            kind = c in "+-*/^=" ? OPERATOR : c == '(' ? OPEN : c == ')' ? CLOSE : c == ',' ? COMMA :
                   throw(SyntaxError("unexpected $(repr(c))", i))
            push!(tokens, Token(kind, string(c), i))
            i = nextind(text, i)
        end
    end
    push!(tokens, Token(FINISH, "", ncodeunits(text) + 1))
end

abstract type Node end
struct Literal <: Node; value::Float64; end
struct Variable <: Node; name::String; end
struct Apply <: Node
    f::Symbol
    args::Vector{Node}
end
Apply(f::Symbol, args::Node...) = Apply(f, collect(Node, args))

mutable struct Parser
    tokens::Vector{Token}
    at::Int
end
Parser(text::String) = Parser(tokenize(text), 1)
peek(p::Parser) = p.tokens[p.at]
next!(p::Parser) = (t = peek(p); p.at += 1; t)
function expect!(p, kind)
    t = next!(p)
    t.kind == kind || throw(SyntaxError("expected $kind, got $(t.kind)", t.position))
    return t
end

const PRECEDENCE = Dict("+" => 1, "-" => 1, "*" => 2, "/" => 2, "^" => 4)

function expression!(p, least=0)
    left = primary!(p)
    while true
        t = peek(p)
        t.kind == OPERATOR && haskey(PRECEDENCE, t.text) || break
        level = PRECEDENCE[t.text]
        level > least || break
        next!(p)
        right = expression!(p, t.text == "^" ? level - 1 : level)
        left = Apply(Symbol(t.text), left, right)
    end
    left
end

function primary!(p)
    t = next!(p)
    if t.kind == NUMBER
        value = tryparse(Float64, t.text)
        value === nothing && throw(SyntaxError("bad number $(t.text)", t.position))
        return Literal(value)
    elseif t.kind == NAME
        peek(p).kind == OPEN || return Variable(t.text)
        next!(p)
        args = Node[]
        if peek(p).kind != CLOSE
            push!(args, expression!(p))
            while peek(p).kind == COMMA
                next!(p)
                push!(args, expression!(p))
            end
        end
        expect!(p, CLOSE)
        return Apply(Symbol(t.text), args)
    elseif t.kind == OPEN
        inner = expression!(p)
        expect!(p, CLOSE)
        return inner
    elseif t.text == "-"
        return Apply(:neg, expression!(p, 3))
    end
    throw(SyntaxError("unexpected $(t.kind)", t.position))
end

const FUNCTIONS = Dict{Symbol,Function}(:+ => +, :- => -, :* => *, :/ => /, :^ => ^, :neg => -, :sqrt => sqrt,
    :max => max, :hypot => (x, y) -> sqrt(x^2 + y^2), :sum => (xs...) -> sum(xs))

evaluate(n::Literal, env) = n.value
evaluate(n::Variable, env) = get(() -> throw(UndefVarError(Symbol(n.name))), env, n.name)
evaluate(n::Apply, env) = FUNCTIONS[n.f]((evaluate(a, env) for a in n.args)...)

function run!(env, line)
    p = Parser(line)
    if p.tokens[1].kind == NAME && p.tokens[2].text == "="
        p.at = 3
        env[p.tokens[1].text] = value = evaluate(expression!(p), env)
    else
        value = evaluate(expression!(p), env)
    end
    expect!(p, FINISH)
    return value
end

function (@main)(args)
    println(tokenize("3+αβ2*(x)"))
    env = Dict("pi" => 3.14159)
    lines = ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "10 / 4 - 1", "r = 2.5", "pi * r ^ 2", "sqrt(16) + max(1, 7)",
             "sum(1, 2, 3, 4)", "hypot(3, 4)", "2 +", "2 3", "(1", "1 \$ 2", "1.2.3", "sqrt(0 - 1)", "q + 1", "nope(1)", ""]
    for line in lines
        print(rpad(line, 22), " => ")
        try
            println(run!(env, line))
        catch e
            println(e isa SyntaxError ? "" : "$(typeof(e)) ", sprint(showerror, e))
        end
    end
    println(sort(collect(keys(env))))
end
