# What the generated chains of calls are made with; see the text at the top of `mod.rs`.
struct Trouble <: Exception
    number::Int
end
describe(e::ErrorException) = e.msg
describe(e::Trouble) = "Trouble(" * string(e.number) * ")"
describe(e::Int) = string(e)
describe(e) = string(typeof(e))

note(text) = print(text, ' ')

# What inference cannot see through.
const HIDDEN = Any[nothing]
@noinline hide(value) = (HIDDEN[1] = value; HIDDEN[1])

# Calls of the leaf in a chain so far: some fail only at the first.
const COUNT = [0]

apply(f, x) = f(x)
only_strings(text::String) = 1
needs_keyword(x; key) = key
@noinline endless(x) = endless(x + 1) + 1

struct Holder{F}
    f::F
end
Base.getindex(holder::Holder, x) = holder.f(x)
(holder::Holder)(x) = holder.f(x)

struct Request{F}
    f::F
    x::Int
end
Base.getproperty(request::Request, name::Symbol) = getfield(request, :f)(getfield(request, :x))

struct Answer
    value::Int
end
Base.convert(::Type{Answer}, request::Request) = Answer(request.value)
function converted(request)
    answer::Answer = request
    return answer.value
end

struct Steps{F}
    f::F
    x::Int
end
Base.iterate(steps::Steps) = (steps.f(steps.x), 1)
Base.iterate(steps::Steps, state) = nothing
function last_of(steps)
    found = 0
    for value in steps
        found = value
    end
    return found
end

function once_by_sort(f, x)
    calls = 0
    value = 0
    sort([x, x], by = function (v)
        calls += 1
        calls == 1 && (value = f(v))
        return v
    end)
    return value
end
