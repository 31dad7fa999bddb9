# `Test`: expectations whose outcomes are kept in sets, and a table of them at the end.

module Test

export @test, @test_throws, @test_broken, @test_skip, @testset, @inferred, @test_logs, @test_nowarn
export TestSetException

# Outcomes.

abstract type Result end

struct Pass <: Result
    test_type::Symbol
    orig_expr
    data
    value
    source
    message_only::Bool
end
function Base.show(io::IO, t::Pass)
    print(io, "Test Passed")
    t.test_type === :test_throws || return nothing
    t.message_only ? print(io, "\n     Message: ", t.value) : print(io, "\n      Thrown: ", typeof(t.value))
end

# What was expected and what was found are kept as text: later the values may be others.
struct Fail <: Result
    test_type::Symbol
    orig_expr::String
    data::Union{Nothing,String}
    value::String
    context::Union{Nothing,String}
    source::LineNumberNode
    message_only::Bool
end
function Fail(test_type, orig_expr, data, value, source::LineNumberNode, message_only=false)
    shown = data isa Type ? typeof(value) : value
    return Fail(test_type, string(orig_expr), data === nothing ? nothing : string(data), string(shown), nothing, source,
                message_only)
end
in_context(t::Fail, text) = Fail(t.test_type, t.orig_expr, t.data, t.value, text, t.source, t.message_only)

function Base.show(io::IO, t::Fail)
    print(io, "Test Failed at ", place(t.source), "\n  Expression: ", t.orig_expr)
    if t.test_type === :test_throws_wrong
        print(io, "\n    Expected: ", t.data, t.message_only ? "\n     Message: " : "\n      Thrown: ", t.value)
    elseif t.test_type === :test_throws_nothing
        print(io, "\n    Expected: ", t.data, "\n  No exception thrown")
    elseif t.test_type === :test_logs
        print(io, "\n  Log Pattern: ", t.data, "\n  Captured Logs:", t.value)
    elseif t.data !== nothing
        print(io, "\n   Evaluated: ", t.data)
    end
    t.context === nothing || print(io, "\n     Context: ", t.context)
    println(io)
end

# A test that could not be answered: it threw, or gave no truth value, or passed where that was not expected.
struct Error <: Result
    test_type::Symbol
    orig_expr::String
    value::String
    backtrace::String
    source::LineNumberNode
end
function Error(test_type::Symbol, orig_expr, value, exceptions, source::LineNumberNode)
    trace = exceptions === nothing ? "" : exceptions_text(exceptions)
    return Error(test_type, string(orig_expr), sprint(show, value), trace, source)
end
function Base.show(io::IO, t::Error)
    print(io, "Error During Test at ", place(t.source), "\n")
    if t.test_type === :test_nonbool
        print(io, "  Expression evaluated to non-Boolean\n  Expression: ", t.orig_expr, "\n       Value: ", t.value)
    elseif t.test_type === :test_unbroken
        print(io, " Unexpected Pass\n Expression: ", t.orig_expr)
        print(io, "\n Got correct result, please change to @test if no longer broken.\n")
    else
        t.test_type === :test_error ? print(io, "  Test threw exception\n  Expression: ", t.orig_expr, "\n") :
        print(io, "  Got exception outside of a @test\n")
        print(io, indented(t.backtrace))
    end
end
indented(text) = join((string("  ", line) for line in split(text, "\n") if !isempty(line)), "\n")

struct Broken <: Result
    test_type::Symbol
    orig_expr
end
function Base.show(io::IO, t::Broken)
    print(io, "Test Broken\n", t.test_type === :skipped ? "  Skipped: " : "  Expression: ", t.orig_expr)
end

place(source) = string(something(source.file, :none), ":", source.line)

# The calls that were going on, without those of this file.
function own_trace(trace)
    return filter(frame -> !endswith(String(frame.file), "stdlib/Test.jl"), Base.stacktrace(trace))
end
function exceptions_text(exceptions)
    stack = Any[(exception=e.exception, backtrace=own_trace(e.backtrace)) for e in exceptions]
    return sprint(Base.show_exception_stack, stack)
end

# Sets of outcomes. A set is told of each by `record`, and by `finish` that it is complete.

abstract type AbstractTestSet end
function record end
function finish end

# What a failure outside of all sets throws.
struct FallbackTestSetException <: Exception
    msg::String
end
Base.showerror(io::IO, e::FallbackTestSetException) = print(io, e.msg)
Base.showerror(io::IO, e::FallbackTestSetException, trace; backtrace=true) = print(io, e.msg)

struct FallbackTestSet <: AbstractTestSet end
record(::FallbackTestSet, t::Union{Pass,Broken}) = t
function record(::FallbackTestSet, t::Union{Fail,Error})
    println(t)
    throw(FallbackTestSetException("There was an error during testing"))
end

mutable struct DefaultTestSet <: AbstractTestSet
    description::String
    results::Vector{Any}
    n_passed::Int
    anynonpass::Bool
    verbose::Bool
    showtiming::Bool
    time_start::Float64
    time_end::Union{Float64,Nothing}
    failfast::Bool
end
function DefaultTestSet(description::AbstractString; verbose::Bool=false, showtiming::Bool=true, failfast=nothing)
    parent = get_testset()
    is_hasty = something(failfast, parent isa DefaultTestSet && parent.failfast)
    return DefaultTestSet(description, Any[], 0, false, verbose, showtiming, time(), nothing, is_hasty)
end

# Stops a set that wants no more tests after the first that failed.
struct FailFastError <: Exception end

record(set::DefaultTestSet, t::Pass) = (set.n_passed += 1; t)
record(set::DefaultTestSet, t::Broken) = (push!(set.results, t); t)
record(set::DefaultTestSet, t::AbstractTestSet) = push!(set.results, t)
function record(set::DefaultTestSet, t::Union{Fail,Error}; print_result::Bool=true)
    push!(set.results, t)
    if print_result
        print(set.description, ": ", t)
        t isa Fail && Base.show_backtrace(stdout, own_trace(Base.stacktrace()))
        println()
    end
    set.failfast && throw(FailFastError())
    return t
end

# The sum of a set that stands in no other.
struct TestSetException <: Exception
    pass::Int
    fail::Int
    error::Int
    broken::Int
    errors_and_fails::Vector{Union{Fail,Error}}
end
function Base.show(io::IO, e::TestSetException)
    print(io, "Some tests did not pass: ", e.pass, " passed, ", e.fail, " failed, ", e.error, " errored, ", e.broken,
          " broken.")
end
Base.showerror(io::IO, e::TestSetException) = show(io, e)
Base.showerror(io::IO, e::TestSetException, trace; backtrace=true) = show(io, e)

function finish(set::DefaultTestSet)
    set.time_end = time()
    if get_testset_depth() != 0
        record(get_testset(), set)
        return set
    end
    counts = totals(set)
    print_test_results(set)
    counts.fails + counts.errors == 0 || throw(TestSetException(counts.passes, counts.fails, counts.errors, counts.broken,
                                                                  failures(set)))
    return set
end

# The value of some variables goes with each failure inside.
struct ContextTestSet <: AbstractTestSet
    parent::AbstractTestSet
    name
    value
end
record(set::ContextTestSet, t) = record(set.parent, t)
function record(set::ContextTestSet, t::Fail)
    text = string(set.name, " = ", repr(set.value))
    return record(set.parent, in_context(t, t.context === nothing ? text : string(text, "\n              ", t.context)))
end

# The open sets, innermost last.
const open_sets = AbstractTestSet[]
get_testset() = isempty(open_sets) ? FallbackTestSet() : last(open_sets)
get_testset_depth() = length(open_sets)
push_testset(set) = (push!(open_sets, set); nothing)
pop_testset() = pop!(open_sets)

# What is made of a set's outcomes and of those of the sets inside it.

function totals(set::DefaultTestSet)
    counts = (passes=set.n_passed, fails=0, errors=0, broken=0)
    for t in set.results
        counts = added(counts, t isa AbstractTestSet ? totals(t) : (passes=0, fails=Int(t isa Fail), errors=Int(t isa Error),
                                                                     broken=Int(t isa Broken)))
    end
    set.anynonpass = counts.fails + counts.errors > 0
    return counts
end
totals(set) = (passes=0, fails=0, errors=0, broken=0)
added(a, b) = (passes=a.passes + b.passes, fails=a.fails + b.fails, errors=a.errors + b.errors, broken=a.broken + b.broken)

function failures(set)
    found = Union{Fail,Error}[]
    for t in set.results
        t isa DefaultTestSet ? append!(found, failures(t)) : t isa Union{Fail,Error} && push!(found, t)
    end
    return found
end

function duration(set)
    set.time_end === nothing && return "?s"
    seconds = set.time_end - set.time_start
    seconds < 60 && return string(round(seconds; digits=1), "s")
    minutes, rest = divrem(seconds, 60)
    return string(round(Int, minutes), "m", lpad(string(round(rest; digits=1)), 4, "0"), "s")
end

# The table: a column for each kind of outcome that occurs, each as wide as its head or its largest number.
const COLUMNS = (passes="Pass", fails="Fail", errors="Error", broken="Broken")

function print_test_results(set::DefaultTestSet)
    counts = totals(set)
    total = sum(counts)
    widths = map((head, n) -> n > 0 ? max(length(head), ndigits(n)) : 0, COLUMNS, counts)
    total_width = total > 0 ? max(length("Total"), ndigits(total)) : 0
    time_width = max(length("Time"), length(duration(set)))
    name_width = max(alignment(set, 0), length("Test Summary:"))
    print(rpad("Test Summary:", name_width), total == 0 ? " |" : " | ")
    foreach((head, width) -> width > 0 && print(lpad(head, width), "  "), COLUMNS, widths)
    print(lpad("Total", total_width), "  ")
    println(set.showtiming ? lpad("Time", time_width) : "")
    print_counts(set, 0, name_width, widths, total_width, set.showtiming ? time_width : 0)
end
function print_counts(set, depth, name_width, widths, total_width, time_width)
    counts = totals(set)
    total = sum(counts)
    print(rpad(string("  "^depth, set.description), name_width), " | ")
    foreach((n, width) -> width > 0 && print(lpad(n > 0 ? string(n) : "", width), "  "), counts, widths)
    print(lpad(total == 0 ? "None" : string(total), total_width), "  ")
    println(time_width > 0 ? lpad(duration(set), time_width) : "")
    set.anynonpass || set.verbose || return nothing
    for t in set.results
        t isa DefaultTestSet && print_counts(t, depth + 1, name_width, widths, total_width, time_width)
    end
end
# The longest name that will be printed, with its indentation.
function alignment(set, depth)
    own = 2 * depth + textwidth(set.description)
    set.anynonpass || set.verbose || return own
    return foldl((width, t) -> t isa DefaultTestSet ? max(width, alignment(t, depth + 1)) : width, set.results; init=own)
end

# Evaluating what is to be tested.

struct Returned
    value
    data
    source
end
struct Threw
    exception
    exceptions
    source
end

# The code that evaluates `code`, which gives a `Returned`, and catches what it throws.
function guarded(code, source)
    return quote
        try
            $code
        catch e
            e isa InterruptException && rethrow()
            Threw(e, Base.current_exceptions(), $(QuoteNode(source)))
        end
    end
end

# Functions whose arguments are shown when they answer `false`; comparisons' are anyway.
const DISPLAYED_FUNCTIONS = (:isequal, :isapprox, :≈, :occursin, :startswith, :endswith, :isempty, :contains)

function evaluation(code, source)
    place = QuoteNode(source)
    inner, is_negated = without_not(code)
    if is_comparison(inner)
        terms = inner.head === :comparison ? inner.args : Any[inner.args[2], inner.args[1], inner.args[3]]
        names = Any[QuoteNode(terms[i]) for i in 2:2:length(terms)]
        return :(test_comparison($(Expr(:tuple, map(esc, terms)...)), $(Expr(:tuple, names...)), $is_negated, $place))
    elseif Meta.isexpr(inner, :call) && inner.args[1] in DISPLAYED_FUNCTIONS
        args, keywords = split_arguments(inner.args[2:end])
        return :(test_function($(esc(inner.args[1])), $args, $keywords, $(QuoteNode(inner.args[1])), $is_negated, $place))
    end
    return :(Returned($(esc(code)), nothing, $place))
end
function without_not(code)
    Meta.isexpr(code, :call, 2) && code.args[1] === :! ? (code.args[2], true) : (code, false)
end
function is_comparison(code)
    Meta.isexpr(code, :comparison) && return all(i -> is_plain_operator(code.args[i]), 2:2:length(code.args))
    Meta.isexpr(code, :call, 3) || return false
    f, left, right = code.args
    any(arg -> Meta.isexpr(arg, (:..., :kw, :parameters)), (left, right)) && return false
    return is_plain_operator(f) && Base.operator_precedence(f) == Base.operator_precedence(:(==))
end
is_plain_operator(f) = f isa Symbol && !startswith(String(f), ".")

# The tuple of a call's arguments and the named tuple of its keywords.
function split_arguments(arguments)
    args, keywords = Any[], Any[]
    for arg in arguments
        if Meta.isexpr(arg, :parameters)
            append!(keywords, map(esc, arg.args))
        elseif Meta.isexpr(arg, :kw)
            push!(keywords, esc(arg))
        else
            push!(args, esc(arg))
        end
    end
    return Expr(:tuple, args...), isempty(keywords) ? :(NamedTuple()) : Expr(:tuple, Expr(:parameters, keywords...))
end

function test_comparison(terms, names, is_negated, source)
    result = true
    for i in 1:2:(length(terms) - 2)
        result || break
        result = terms[i + 1](terms[i], terms[i + 2])
    end
    is_negated && (result = !result)
    result === true && return Returned(true, nothing, source)
    shown = Any[isodd(i) ? terms[i] : names[i ÷ 2] for i in 1:length(terms)]
    return Returned(result, evaluated_text(Expr(:comparison, shown...), is_negated), source)
end
function test_function(f, args, keywords, name, is_negated, source)
    result = f(args...; keywords...)
    is_negated && (result = !result)
    result === true && return Returned(true, nothing, source)
    pairs_of_keywords = collect(pairs(keywords))
    if name === :≈
        suffix = isempty(keywords) ? "" : string(" (", join((string(k, "=", v) for (k, v) in pairs_of_keywords), ", "), ")")
        return Returned(result, string(evaluated_text(Expr(:call, name, args...), is_negated), suffix), source)
    end
    named = isempty(keywords) ? () : (Expr(:parameters, (Expr(:kw, k, v) for (k, v) in pairs_of_keywords)...),)
    return Returned(result, evaluated_text(Expr(:call, name, named..., args...), is_negated), source)
end
function evaluated_text(code, is_negated)
    return sprint(print, is_negated ? Expr(:call, :!, code) : code; context=:limit => true)
end

# `@test code`, and with keywords for its outermost call.

macro test(code, options...)
    broken, skip, keywords = test_options(options)
    code = with_keywords("@test", code, keywords)
    outcome = :(test_outcome($(guarded(evaluation(code, __source__), __source__)), $(QuoteNode(code))))
    if skip !== nothing
        return :($(esc(skip)) ? record(get_testset(), Broken(:skipped, $(QuoteNode(code)))) : $outcome)
    elseif broken !== nothing
        tested = guarded(evaluation(code, __source__), __source__)
        return :(test_outcome($tested, $(QuoteNode(code)), $(esc(broken))))
    end
    return outcome
end
macro test_broken(code, keywords...)
    code = with_keywords("@test_broken", code, keywords)
    return :(test_outcome($(guarded(evaluation(code, __source__), __source__)), $(QuoteNode(code)), true))
end
macro test_skip(code, keywords...)
    code = with_keywords("@test_skip", code, keywords)
    return :(record(get_testset(), Broken(:skipped, $(QuoteNode(code)))))
end

function test_options(options)
    broken, skip, keywords = nothing, nothing, Any[]
    for option in options
        if Meta.isexpr(option, :(=)) && option.args[1] === :broken
            broken === nothing || error("invalid test macro call: cannot set `broken` keyword multiple times")
            broken = option.args[2]
        elseif Meta.isexpr(option, :(=)) && option.args[1] === :skip
            skip === nothing || error("invalid test macro call: cannot set `skip` keyword multiple times")
            skip = option.args[2]
        else
            push!(keywords, option)
        end
    end
    broken === nothing || skip === nothing ||
        error("invalid test macro call: cannot set both `skip` and `broken` keywords")
    return broken, skip, keywords
end
# `@test a ≈ b atol=1` gives the call a keyword.
function with_keywords(name, code, keywords)
    isempty(keywords) && return code
    Meta.isexpr(code, :call) && all(keyword -> Meta.isexpr(keyword, :(=)), keywords) ||
        error(string("invalid test macro call: ", name, " ", code, " ", join(keywords, " ")))
    return Expr(:call, code.args..., (Expr(:kw, keyword.args...) for keyword in keywords)...)
end

test_outcome(result, code) = record(get_testset(), judged(result, code))
test_outcome(result, code, is_broken) = record(get_testset(), is_broken ? judged_broken(result, code) : judged(result, code))

judged(result::Threw, code) = Error(:test_error, code, result.exception, result.exceptions, result.source)
function judged(result::Returned, code)
    value = result.value
    value isa Bool || return Error(:test_nonbool, code, value, nothing, result.source)
    return value ? Pass(:test, code, result.data, value, result.source, false) :
           Fail(:test, code, result.data, value, result.source)
end
judged_broken(result::Threw, code) = Broken(:test, code)
function judged_broken(result::Returned, code)
    value = result.value
    value isa Bool || return Error(:test_nonbool, code, value, nothing, result.source)
    return value ? Error(:test_unbroken, code, value, nothing, result.source) : Broken(:test, code)
end

# `@test_throws expected code`: a type, an exception with these fields, or what its message says.

macro test_throws(expected, code)
    tested = guarded(:(Returned($(esc(code)), nothing, $(QuoteNode(__source__)))), __source__)
    return :(throws_outcome($tested, $(QuoteNode(code)), $(esc(expected))))
end
function throws_outcome(result::Returned, code, expected)
    record(get_testset(), Fail(:test_throws_nothing, code, expected, nothing, result.source))
end
function throws_outcome(result::Threw, code, expected)
    thrown = result.exception
    thrown isa LoadError && expected !== LoadError && !(expected isa LoadError) && (thrown = thrown.error)
    if expected isa Type || expected isa Exception || !(thrown isa Exception)
        fits = expected isa Type ? thrown isa expected : is_same_exception(expected, thrown)
        shown, message_only = thrown, false
    else
        message = sprint(showerror, thrown)
        fits = message_fits(expected, message)
        expected isa AbstractString && (expected = repr(expected))
        expected isa Function && (expected = "< match function >")
        shown, message_only = repr(message), true
    end
    outcome = fits ? Pass(:test_throws, code, expected, shown, result.source, message_only) :
              Fail(:test_throws_wrong, code, expected, shown, result.source, message_only)
    return record(get_testset(), outcome)
end
function is_same_exception(expected, thrown)
    thrown isa typeof(expected) || return false
    return all(i -> isequal(getfield(expected, i), getfield(thrown, i)), 1:nfields(expected))
end
message_fits(wanted::Function, message) = wanted(message)
message_fits(wanted::Union{AbstractArray,Tuple}, message) = all(part -> message_fits(part, message), wanted)
message_fits(wanted, message) = occursin(wanted, message)

# `@testset`: a block, a call, a `for` loop (a set for each round), or a `let` block whose variables explain failures.

macro testset(args...)
    isempty(args) && error("No arguments to @testset")
    body = args[end]
    body isa Expr && body.head in (:for, :block, :call, :let) ||
        error("Expected function call, begin/end block or for loop as argument to @testset")
    description, type, options = testset_arguments(args[1:(end - 1)])
    body.head === :let && return testset_context(body, description, type)
    body.head === :for && return testset_loop(body, description, type, options, __source__)
    description === nothing && (description = body.head === :call ? string(body.args[1]) : "test set")
    return testset_block(body, description, type, options, __source__)
end

function testset_arguments(args)
    description, type, options = nothing, nothing, Any[]
    for arg in args
        if arg isa AbstractString || Meta.isexpr(arg, :string)
            description = esc(arg)
        elseif arg isa Symbol || Meta.isexpr(arg, (:., :curly))
            type = esc(arg)
        elseif Meta.isexpr(arg, :(=))
            push!(options, Expr(:kw, arg.args[1], esc(arg.args[2])))
        else
            error(string("Unexpected argument ", arg, " to @testset"))
        end
    end
    return description, something(type, :(default_type())), options
end
# The type of the set around this one.
function default_type()
    for set in Iterators.reverse(open_sets)
        set isa ContextTestSet || return typeof(set)
    end
    return DefaultTestSet
end
made_set(type, description, options) = :($type($description; $(options...)))

function testset_block(body, description, type, options, source)
    return quote
        local set = $(made_set(type, description, options))
        local finished
        push_testset(set)
        try
            let
                $(esc(body))
            end
        catch e
            note_exception(set, e, $(QuoteNode(source)))
        finally
            pop_testset()
            finished = finish(set)
        end
        finished
    end
end
# An exception outside of tests is one more error of the set; interruptions go on.
function note_exception(set, e, source)
    e isa InterruptException && rethrow()
    e isa FailFastError && (get_testset_depth() > 1 ? rethrow() : return nothing)
    record(set, Error(:nontest_error, Expr(:tuple), e, Base.current_exceptions(), source))
end

# A set ends where the next round begins, since rounds may end by `continue` and `break`.
function testset_loop(body, description, type, options, source)
    loop, tests = body.args
    if description === nothing
        variables = Meta.isexpr(loop, :block) ? loop.args : Any[loop]
        parts = Any[]
        for (i, variable) in enumerate(variables)
            push!(parts, string(i > 1 ? ", " : "", variable.args[1], " = "), esc(variable.args[1]))
        end
        description = Expr(:string, parts...)
    end
    rounds = Expr(:for, esc(loop), quote
        end_round(finished, set)
        set = nothing
        set = $(made_set(type, description, options))
        push_testset(set)
        try
            $(esc(tests))
        catch e
            note_exception(set, e, $(QuoteNode(source)))
        end
    end)
    return quote
        local finished = Any[]
        local set = nothing
        try
            $rounds
        finally
            end_round(finished, set)
        end
        finished
    end
end
end_round(finished, ::Nothing) = nothing
end_round(finished, set) = (pop_testset(); push!(finished, finish(set)))

function testset_context(body, description, type)
    description === nothing && type == :(default_type()) || error("@testset with a `let` argument cannot be customized")
    assignments = Meta.isexpr(body.args[1], :block) ? body.args[1].args : Any[body.args[1]]
    all(assignment -> Meta.isexpr(assignment, :(=)), assignments) || error("Malformed `let` expression is given")
    opened = Any[:(push_testset(ContextTestSet(get_testset(), $(QuoteNode(assignment.args[1])), $(esc(assignment.args[1])))))
                 for assignment in assignments]
    tests = quote
        $(opened...)
        try
            $(esc(body.args[2]))
        finally
            $((:(pop_testset()) for _ in opened)...)
        end
    end
    return Expr(:let, esc(body.args[1]), tests)
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
    Meta.isexpr(code, :call) || error("@inferred requires a call expression")
    args, keywords = split_arguments(code.args[2:end])
    return :(run_inferred($(esc(code.args[1])), $args, $keywords, $allowed))
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
    for arg in args[1:(end - 1)]
        if !Meta.isexpr(arg, :(=))
            push!(patterns, esc(arg))
        elseif arg.args[1] === :match_mode
            mode = esc(arg.args[2])
        elseif arg.args[1] !== :min_level
            throw(ArgumentError(string("@test_logs: the option ", arg.args[1], " is not supported yet")))
        end
    end
    code = args[end]
    return :(run_logs(() -> $(esc(code)), Any[$(patterns...)], $mode, $(QuoteNode(__source__)), $(QuoteNode(code))))
end
function run_logs(f, patterns, mode, source, code)
    mode === :all || mode === :any || throw(ArgumentError(string("match_mode ", repr(mode), " is not supported")))
    records = Any[]
    push!(Base.log_records, records)
    value = try
        f()
    catch e
        record(get_testset(), Error(:test_error, code, e, Base.current_exceptions(), source))
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
        record(get_testset(), Pass(:test_logs, code, nothing, value, source, false))
    else
        found = join((string("\n    ", (log_level(r.level), r.message)) for r in records), "")
        record(get_testset(), Fail(:test_logs, code, join(patterns, " "), found, source))
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

end
