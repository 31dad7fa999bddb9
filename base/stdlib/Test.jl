# `Test`: expectations that are counted in sets.

module Test

export @test, @test_throws, @test_broken, @test_skip, @testset, @inferred, @test_logs, @test_nowarn

# Counts of one set, and the sets inside it.
mutable struct TestSet
    name::String
    passed::Int64
    failed::Int64
    errored::Int64
    broken::Int64
    start::Float64
    seconds::Float64
    inner::Vector{Any}
end
TestSet(name) = TestSet(name, 0, 0, 0, 0, time(), 0.0, Any[])

struct FallbackTestSetException <: Exception
    msg::String
end
Base.showerror(io, e::FallbackTestSetException) = print(io, e.msg)

struct TestSetException <: Exception
    pass::Int64
    fail::Int64
    error::Int64
    broken::Int64
end
function Base.showerror(io, e::TestSetException)
    print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, ", e.error, " errored, ", e.broken, " broken.")
end

# What a test gives; prints as its outcome.
struct Pass
    value
end
struct Fail
    value
end
struct Broken
    text::String
end
Base.show(io::IO, ::Pass) = print(io, "Test Passed")
Base.show(io::IO, b::Broken) = print(io, "Test Broken\n  ", b.text)

# The open sets, innermost last.
const open_sets = TestSet[]

function passed(value)
    isempty(open_sets) || (last(open_sets).passed += 1)
    return Pass(value)
end
function failed(place, text)
    message = string("Test Failed at ", place, "\n", text)
    if isempty(open_sets)
        println(message)
        throw(FallbackTestSetException("There was an error during testing"))
    end
    last(open_sets).failed += 1
    println(set_path(), ": ", message)
    return Fail(nothing)
end
function errored(place, text, e)
    message = string("Error During Test at ", place, "\n  ", text, "\n  ", replace(sprint(showerror, e), "\n" => "\n  "))
    if isempty(open_sets)
        println(message)
        throw(FallbackTestSetException("There was an error during testing"))
    end
    last(open_sets).errored += 1
    println(set_path(), ": ", message)
    return Fail(nothing)
end
function broken(text)
    isempty(open_sets) || (last(open_sets).broken += 1)
    return Broken(text)
end
set_path() = join(map(set -> set.name, open_sets), " / ")

place_of(source) = string(source.file, ":", source.line)

# The values of both sides are shown when a comparison fails.
is_comparison(code) = false
function is_comparison(code::Expr)
    code.head === :call && length(code.args) == 3 || return false
    code.args[1] isa Symbol && Meta.isbinaryoperator(code.args[1]) || return false
    return !any(arg -> Meta.isexpr(arg, (:kw, :parameters, :...)), code.args)
end

macro test(code, options...)
    text = string(code)
    place = place_of(__source__)
    for option in options
        Meta.isexpr(option, :(=)) || throw(ArgumentError("invalid test macro call"))
        option.args[1] === :broken && return :(run_broken(() -> $(esc(code)), $(esc(option.args[2])), $place, $text))
        option.args[1] === :skip && return :($(esc(option.args[2])) ? broken($(string("Skipped: ", text))) : run_test(() -> $(esc(code)), $place, $text))
    end
    # `@test a ≈ b atol=1` gives the call a keyword.
    isempty(options) || (code = Expr(:call, code.args[1], Expr(:parameters, map(o -> Expr(:kw, o.args...), options)...), code.args[2:length(code.args)]...))
    if is_comparison(code)
        f, left, right = code.args
        return :(run_comparison($(esc(f)), () -> ($(esc(left)), $(esc(right))), $place, $text, $(string(f))))
    end
    return :(run_test(() -> $(esc(code)), $place, $text))
end

function run_test(f, place, text)
    value = try
        f()
    catch e
        return errored(place, string("Test threw exception\n  Expression: ", text), e)
    end
    value === true && return passed(value)
    value isa Bool || return errored(place, string("Expression evaluated to non-Boolean\n  Expression: ", text), ErrorException(string("value: ", repr(value))))
    return failed(place, string("  Expression: ", text, "\n"))
end
function run_comparison(f, sides, place, text, operator)
    local left, right, value
    try
        left, right = sides()
        value = f(left, right)
    catch e
        return errored(place, string("Test threw exception\n  Expression: ", text), e)
    end
    value === true && return passed(value)
    value isa Bool || return errored(place, string("Expression evaluated to non-Boolean\n  Expression: ", text), ErrorException(string("value: ", repr(value))))
    return failed(place, string("  Expression: ", text, "\n   Evaluated: ", repr(left), " ", operator, " ", repr(right), "\n"))
end
function run_broken(f, is_broken, place, text)
    is_broken || return run_test(f, place, text)
    value = try
        f()
    catch e
        return broken(string("Expression: ", text))
    end
    value === true && return errored(place, string("Unexpected Pass\n  Expression: ", text), ErrorException("Got correct result, please change to @test if no longer broken."))
    return broken(string("Expression: ", text))
end

macro test_broken(code, options...)
    return :(run_broken(() -> $(esc(code)), true, $(place_of(__source__)), $(string(code))))
end
macro test_skip(code, options...)
    return :(broken($(string("Skipped: ", code))))
end

macro test_throws(expected, code)
    return :(run_throws(() -> $(esc(expected)), () -> $(esc(code)), $(place_of(__source__)), $(string(expected, " ", code)), $(string(expected))))
end
function run_throws(expected, f, place, text, expected_text)
    wanted = expected()
    thrown = try
        f()
        nothing
    catch e
        e isa LoadError && wanted !== LoadError && !(wanted isa LoadError) ? Some(e.error) : Some(e)
    end
    text = string("  Expression: ", text, "\n    Expected: ", expected_text)
    thrown === nothing && return failed(place, string(text, "\n  No exception thrown\n"))
    matches(wanted, thrown.value) && return passed(thrown.value)
    return failed(place, string(text, "\n      Thrown: ", typeof(thrown.value), "\n"))
end
matches(wanted::Type, e) = e isa wanted
matches(wanted::AbstractString, e) = occursin(wanted, sprint(showerror, e))
matches(wanted::Function, e) = wanted(sprint(showerror, e)) === true
function matches(wanted, e)
    typeof(wanted) === typeof(e) || return false
    return all(i -> isequal(getfield(wanted, i), getfield(e, i)), 1:nfields(e))
end

# The value, if inference finds its exact type; parts of a union that are of the type `allowed` may be missing from the value's.
macro inferred(code)
    return inferred_call(code, Union{})
end
macro inferred(allowed, code)
    return inferred_call(code, esc(allowed))
end
function inferred_call(code, allowed)
    Meta.isexpr(code, :ref) && (code = Expr(:call, :getindex, code.args...))
    Meta.isexpr(code, :call) || throw(ArgumentError("@inferred requires a call expression"))
    args = Any[]
    keywords = Any[]
    for arg in code.args[2:length(code.args)]
        if Meta.isexpr(arg, :parameters)
            append!(keywords, arg.args)
        elseif Meta.isexpr(arg, :kw)
            push!(keywords, arg)
        else
            push!(args, esc(arg))
        end
    end
    named = Expr(:tuple, Expr(:parameters, map(esc, keywords)...))
    return :(run_inferred($(esc(code.args[1])), $(Expr(:tuple, args...)), $(isempty(keywords) ? :(NamedTuple()) : named), $allowed))
end
function run_inferred(f, args, keywords, allowed)
    allowed isa Type || throw(ArgumentError("@inferred requires a type as second argument"))
    value = f(args...; keywords...)
    type = Core.Typeof(value)
    types = map(Core.Typeof, args)
    found = isempty(keywords) ? Core._return_type(f, Tuple{types...}) :
            Core._return_type(Core.kwcall, Tuple{typeof(keywords),Core.Typeof(f),types...})
    if !(type <: allowed || type == without(found, allowed))
        error(string("return type ", type, " does not match inferred return type ", found))
    end
    return value
end
# The parts of a union that are not of a type.
without(T, allowed) = T isa Union ? Union{without(T.a, allowed),without(T.b, allowed)} : T <: allowed ? Union{} : T

macro test_nowarn(code)
    throw(ArgumentError("@test_nowarn is not supported yet: what is written to stderr cannot be captured"))
end

# `@test_logs (:info, "text") (:warn, r"...") call()`: the messages the call logs are these; its value.
macro test_logs(args...)
    patterns = Any[]
    mode = QuoteNode(:all)
    for arg in args[1:(length(args) - 1)]
        if !Meta.isexpr(arg, :(=))
            push!(patterns, esc(arg))
        elseif arg.args[1] === :match_mode
            mode = esc(arg.args[2])
        elseif arg.args[1] !== :min_level
            throw(ArgumentError(string("@test_logs: the option ", arg.args[1], " is not supported yet")))
        end
    end
    code = args[length(args)]
    return :(run_logs(() -> $(esc(code)), Any[$(patterns...)], $mode, $(place_of(__source__)), $(string(code))))
end
function run_logs(f, patterns, mode, place, text)
    mode === :all || mode === :any || throw(ArgumentError(string("match_mode ", repr(mode), " is not supported")))
    records = Any[]
    push!(Base.log_records, records)
    value = try
        f()
    catch e
        errored(place, string("Log Test threw exception\n  Expression: ", text), e)
        return nothing
    finally
        pop!(Base.log_records)
    end
    if mode === :all
        fits = length(records) == length(patterns) && all(i -> logs_match(patterns[i], records[i]), 1:length(patterns))
    else
        fits = all(pattern -> any(record -> logs_match(pattern, record), records), patterns)
    end
    if fits
        passed(value)
    else
        found = map(record -> string("    ", (log_level(record.level), record.message)), records)
        failed(place, string("  Expression: ", text, "\n  Log Pattern: ", join(patterns, " "), "\n  Captured Logs:\n", join(found, "\n"), "\n"))
    end
    return value
end
log_level(name) = name == "Info" ? :info : name == "Warning" ? :warn : :error
logs_match(pattern::Symbol, record) = pattern === :any || pattern === log_level(record.level)
function logs_match(pattern::Tuple, record)
    isempty(pattern) && return true
    logs_match(pattern[1], record) || return false
    length(pattern) > 2 && throw(ArgumentError("@test_logs: patterns of more than level and message are not supported yet"))
    return length(pattern) == 1 || text_matches(pattern[2], record.message)
end
text_matches(wanted::Symbol, text) = wanted === :any
text_matches(wanted::AbstractString, text) = wanted == string(text)
text_matches(wanted, text) = occursin(wanted, string(text))

macro testset(args...)
    body = args[length(args)]
    name = "test set"
    for arg in args[1:(length(args) - 1)]
        (arg isa String || Meta.isexpr(arg, :string)) && (name = arg)
    end
    if Meta.isexpr(body, :for)
        loop, inner = body.args
        variables = Meta.isexpr(loop, :block) ? loop.args : Any[loop]
        name == "test set" && (name = loop_name(variables))
        return Expr(:for, esc(loop), :(run_set(() -> $(esc(inner)), $(esc(name)))))
    elseif Meta.isexpr(body, :call)
        return :(run_set(() -> $(esc(body)), $(name == "test set" ? string(body.args[1]) : esc(name))))
    end
    return :(run_set(() -> $(esc(body)), $(esc(name))))
end
function loop_name(variables)
    parts = Any[]
    for (i, variable) in enumerate(variables)
        push!(parts, string(i > 1 ? ", " : "", variable.args[1], " = "), variable.args[1])
    end
    return Expr(:string, parts...)
end

function run_set(f, name)
    set = TestSet(string(name))
    push!(open_sets, set)
    try
        f()
    catch e
        e isa InterruptException && rethrow()
        set.errored += 1
        println(set_path(), ": Error During Test\n  Got exception outside of a @test\n  ", replace(sprint(showerror, e), "\n" => "\n  "))
    finally
        pop!(open_sets)
    end
    set.seconds = time() - set.start
    if isempty(open_sets)
        print_summary(set)
        counts = totals(set)
        counts[2] + counts[3] > 0 && throw(TestSetException(counts...))
    else
        push!(last(open_sets).inner, set)
    end
    return set
end

# Passed, failed, errored and broken tests, those of inner sets included.
function totals(set)
    counts = (set.passed, set.failed, set.errored, set.broken)
    for inner in set.inner
        counts = counts .+ totals(inner)
    end
    return counts
end

function print_summary(set)
    counts = totals(set)
    has_trouble = counts[2] + counts[3] + counts[4] > 0
    width = max(length("Test Summary:"), name_width(set, 0, has_trouble))
    columns = filter(column -> column[2] > 0, [("Pass", counts[1]), ("Fail", counts[2]), ("Error", counts[3]), ("Broken", counts[4]), ("Total", sum(counts))])
    head = map(column -> lpad(column[1], max(length(column[1]), length(string(column[2])))), columns)
    println(rpad("Test Summary:", width), " | ", join(head, "  "), "  Time")
    print_line(set, 0, width, columns, has_trouble)
end
function name_width(set, depth, shows_inner)
    width = 2 * depth + length(set.name)
    shows_inner || return width
    for inner in set.inner
        width = max(width, name_width(inner, depth + 1, shows_inner))
    end
    return width
end
function print_line(set, depth, width, columns, shows_inner)
    counts = totals(set)
    values = Dict("Pass" => counts[1], "Fail" => counts[2], "Error" => counts[3], "Broken" => counts[4], "Total" => sum(counts))
    cells = map(columns) do column
        n = values[column[1]]
        lpad(n == 0 && column[1] != "Total" ? "" : string(n), max(length(column[1]), length(string(column[2]))))
    end
    seconds = string(round(set.seconds; digits=1), "s")
    println(rpad(string(repeat("  ", depth), set.name), width), " | ", join(cells, "  "), "  ", lpad(seconds, 4))
    shows_inner || return nothing
    for inner in set.inner
        print_line(inner, depth + 1, width, columns, shows_inner)
    end
end

end
