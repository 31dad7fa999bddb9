# `@info`, `@warn`, `@error`: messages to standard error, with values by name. `@debug` is below the level that is shown, so
# that it evaluates none of its arguments. Loggers of the program's own are not supported yet.

export @info, @warn, @error, @debug

macro info(args...)
    return log_call(__module__, __source__, "Info", args)
end
macro warn(args...)
    return log_call(__module__, __source__, "Warning", args)
end
macro error(args...)
    return log_call(__module__, __source__, "Error", args)
end
macro debug(args...)
    return nothing
end

# Options with a leading underscore say where the message comes from; `maxlog` how often it is shown.
function log_call(m, source, level, args)
    isempty(args) && throw(ArgumentError("a log message is missing"))
    values = Any[]
    options = Dict{Symbol,Any}(:_module => m, :_file => string(source.file), :_line => source.line, :maxlog => nothing)
    for arg in args[2:length(args)]
        is_named = Meta.isexpr(arg, :(=)) && arg.args[1] isa Symbol
        if is_named && (haskey(options, arg.args[1]) || arg.args[1] in (:_group, :_id))
            options[arg.args[1]] = esc(arg.args[2])
        elseif Meta.isexpr(arg, :...)
            throw(ArgumentError("splatted values in log messages are not supported yet"))
        elseif is_named
            push!(values, :(($(QuoteNode(arg.args[1])), $(esc(arg.args[2])))))
        else
            push!(values, :(($(QuoteNode(Symbol(string(arg)))), $(esc(arg)))))
        end
    end
    place = :(($(options[:_module]), $(options[:_file]), $(options[:_line])))
    id = QuoteNode(gensym("message"))
    return quote
        if is_due($id, $(options[:maxlog]))
            log_message($level, $(esc(args[1])), ($(values...),), $place)
        end
        nothing
    end
end

# How often messages with a limit were shown.
const times_logged = Dict{Symbol,Int64}()
is_due(id, ::Nothing) = true
function is_due(id, limit)
    times = get(times_logged, id, 0) + 1
    times_logged[id] = times
    return times <= limit
end

# Where messages go that a test wants to see: the innermost of these, if there is any.
const log_records = Vector{Any}[]

function log_message(level, message, values, place)
    if isempty(log_records)
        print_message(level, message, values, place)
    else
        push!(last(log_records), (level=level, message=message, values=values))
    end
    return nothing
end
function print_message(level, message, values, place)
    lines = map(String, split(string(message), '\n'))
    for (name, value) in values
        rows = split(logged_text(name, value), '\n')
        push!(lines, length(rows) == 1 ? string("  ", name, " = ", rows[1]) : string("  ", name, " ="))
        length(rows) > 1 && foreach(row -> push!(lines, string("   ", row)), rows)
    end
    level == "Info" || push!(lines, string("@ ", place[1], " ", place[2], ":", place[3]))
    n = length(lines)
    n == 1 && return println(stderr, "[ ", level, ": ", lines[1])
    for i in 1:n
        println(stderr, i == 1 ? string("┌ ", level, ": ") : i == n ? "└ " : "│ ", lines[i])
    end
end
logged_text(name, value) = repr(value)
logged_text(name, e::Exception) = name === :exception ? sprint(showerror, e) : repr(e)
logged_text(name, e::Tuple) = name === :exception && !isempty(e) && e[1] isa Exception ? sprint(showerror, e[1]) : repr(e)
