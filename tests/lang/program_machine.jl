# State machines: a turnstile by tables, a stack machine with a small assembler, and a Turing machine.
@enum State locked unlocked broken
@enum Event coin push_bar kick

const RULES = Dict((locked, coin) => unlocked, (unlocked, push_bar) => locked, (unlocked, coin) => unlocked,
                   (locked, kick) => broken)

mutable struct Turnstile
    state::State
    listeners::Vector{Function}
end
Turnstile() = Turnstile(locked, [])
on!(f::Function, t::Turnstile) = (push!(t.listeners, f); t)
function fire!(t::Turnstile, e::Event)
    next = get(RULES, (t.state, e), t.state)
    old, t.state = t.state, next
    for f in t.listeners
        f(old, e, next)
    end
    return next
end

struct Instruction{Op}
    argument::Int
end
Base.show(io::IO, i::Instruction{Op}) where {Op} = print(io, Op, takes_argument(i) ? " $(i.argument)" : "")
takes_argument(::Instruction{Op}) where {Op} = Op in (:push, :jump, :jumpz, :load, :store)

mutable struct Machine
    stack::Vector{Int}
    memory::Vector{Int}
    pc::Int
    output::Vector{String}
end
Machine(n=8) = Machine(Int[], zeros(Int, n), 1, String[])

struct MachineError <: Exception
    what::String
    pc::Int
end
need(m, n) = length(m.stack) >= n || throw(MachineError("stack underflow", m.pc))

step!(m, i::Instruction{:push}) = push!(m.stack, i.argument)
step!(m, i::Instruction{:load}) = push!(m.stack, m.memory[i.argument])
step!(m, i::Instruction{:store}) = (need(m, 1); m.memory[i.argument] = pop!(m.stack))
step!(m, i::Instruction{:jump}) = m.pc = i.argument - 1
step!(m, i::Instruction{:jumpz}) = (need(m, 1); pop!(m.stack) == 0 && (m.pc = i.argument - 1))
step!(m, i::Instruction{:print}) = (need(m, 1); push!(m.output, string(pop!(m.stack))))
for (name, f) in ((:add, :+), (:sub, :-), (:mul, :*), (:div, :÷))
    @eval function step!(m, ::Instruction{$(QuoteNode(name))})
        need(m, 2)
        b, a = pop!(m.stack), pop!(m.stack)
        push!(m.stack, $f(a, b))
    end
end

function assemble(source)
    labels = Dict{String,Int}()
    lines = [strip(first(split(l, '#'))) for l in split(source, '\n')]
    code = Tuple{Symbol,String}[]
    for line in filter(!isempty, lines)
        if endswith(line, ':')
            labels[chop(line)] = length(code) + 1
        else
            parts = split(line); op, rest = parts[1], parts[2:end]
            push!(code, (Symbol(op), isempty(rest) ? "" : String(rest[1])))
        end
    end
    return [Instruction{op}(isempty(a) ? 0 : something(tryparse(Int, a), get(labels, a, nothing))) for (op, a) in code]
end
function run!(m::Machine, program; limit=10_000)
    steps = 0
    while m.pc <= length(program)
        steps += 1
        steps > limit && throw(MachineError("too many steps", m.pc))
        step!(m, program[m.pc])
        m.pc += 1
    end
    return steps
end

const FACTORIAL = """
    push 10
    store 1
    push 1
    store 2
    loop:
    load 1
    jumpz done      # until the counter is zero
    load 1
    load 2
    mul
    store 2
    load 1
    push 1
    sub
    store 1
    jump loop
    done:
    load 2
    print
    """

function turing(rules, tape, state=:start)
    cells = Dict(i => c for (i, c) in enumerate(tape))
    at = 1
    while state !== :halt
        symbol = get(cells, at, '_')
        state, write, move = rules[state, symbol]
        cells[at] = write
        at += move === :R ? 1 : -1
    end
    lo, hi = extrema(keys(cells))
    return strip(join(get(cells, i, '_') for i in lo:hi), '_')
end
const INCREMENT = Dict((:start, '0') => (:start, '0', :R), (:start, '1') => (:start, '1', :R), (:start, '_') => (:carry, '_', :L),
                       (:carry, '1') => (:carry, '0', :L), (:carry, '0') => (:halt, '1', :L), (:carry, '_') => (:halt, '1', :L))

t = Turnstile()
visits = Ref(0)
on!(t) do old, event, new
    println("  ", old, " --", event, "--> ", new)
end
on!((old, _, new) -> (old == unlocked && new == locked && (visits[] += 1)), t)
foreach(e -> fire!(t, e), [push_bar, coin, coin, push_bar, coin, push_bar, kick, coin])
println(t.state, " ", visits[], " ", Int(t.state), " ", State(1), " ", instances(Event))
program = assemble(FACTORIAL)
println(program[1:6])
m = Machine()
steps = run!(m, program)
println(m.output, " in ", steps, " steps, memory ", m.memory[1:2])
for bad in ("add", "push 1\nprint\nprint", "x:\njump x", "push 1\npush 0\ndiv", "fly", "load 9")
    try
        run!(Machine(), assemble(bad); limit=100)
    catch e
        if e isa MachineError
            println(e)
        else
            println(typeof(e), e isa MethodError ? " $(e.f) $(e.args[2])" : "")
        end
    end
end
println([turing(INCREMENT, s) for s in ("0", "1", "1011", "1111")])
println(typeof(program), " ", sizeof(Instruction{:add}), " ", isbits(program[1]))
