# Backtraces: where the program is and where exceptions were thrown, and how uncaught exceptions print.
# A trace is raw (addresses, interpreted statements) until somebody reads it; the run-time system names its frames.

# What `backtrace` and `catch_backtrace` give.
struct Backtrace
    trace::Any
end
show(io::IO, bt::Backtrace) = print(io, "Backtrace(", length(stacktrace(bt)), " frames)")

# A call that was going on.
struct StackFrame
    func::Symbol
    file::Symbol
    line::Int64
    linfo::Any
    from_c::Bool
    inlined::Bool
    pointer::UInt64
    # The call as it prints, and the path of the method's module.
    signature::String
    modulepath::String
end
==(a::StackFrame, b::StackFrame) =
    a.func === b.func && a.file === b.file && a.line == b.line && a.inlined == b.inlined && a.signature == b.signature
function show(io::IO, frame::StackFrame)
    print(io, frame.signature)
    frame.file === Symbol("") || print(io, " at ", frame.file, ":", frame.line)
    frame.inlined && print(io, " [inlined]")
    return nothing
end

function stacktrace(bt::Backtrace)
    parts = Core._backtrace_frames(bt.trace)
    frames = StackFrame[]
    for k in 1:6:length(parts)
        push!(frames, StackFrame(parts[k], parts[k + 3], parts[k + 4], nothing, false, parts[k + 5], UInt64(0),
                                 parts[k + 1], parts[k + 2]))
    end
    return frames
end
stacktrace(frames::Vector{StackFrame}) = frames
# The frames of whoever asks: not those of the functions that answer.
function stacktrace()
    frames = stacktrace(Backtrace(Core._backtrace()))
    return frames[(own_frames(frames, :stacktrace) + 1):end]
end
@noinline backtrace() = Backtrace(Core._backtrace())

# How many of the first frames are those of this base function.
function own_frames(frames, name)
    n = 0
    for k in 1:length(frames)
        frames[k].func === name && (n = k)
        (n > 0 && k > n || k > 3) && break
    end
    return n
end

# An exception being handled, and those it arose from: outermost first.
struct ExceptionStack <: AbstractVector{Any}
    stack::Vector{Any}
end
size(s::ExceptionStack) = size(s.stack)
getindex(s::ExceptionStack, i::Int64) = s.stack[i]
show(io::IO, s::ExceptionStack) = (print(io, length(s), "-element ExceptionStack:\n"); show_exception_stack(io, s))

function exception_stack(parts)
    stack = Any[]
    for k in 1:2:length(parts)
        push!(stack, (exception = parts[k], backtrace = Backtrace(parts[k + 1])))
    end
    return ExceptionStack(stack)
end
current_exceptions() = exception_stack(Core._current_exceptions())
function catch_backtrace()
    stack = current_exceptions()
    return isempty(stack) ? Backtrace(nothing) : stack[length(stack)].backtrace
end

# Methods of `showerror` with a trace. A `LoadError` says what happened and then where the file was.
function showerror(io::IO, e, bt; backtrace = true)
    try
        showerror(io, e)
    finally
        backtrace && show_backtrace(io, bt)
    end
    return nothing
end
function showerror(io::IO, e::LoadError, bt; backtrace = true)
    print(io, "LoadError: ")
    showerror(io, e.error, bt; backtrace = backtrace)
    print(io, "\nin expression starting at ", e.file, ":", e.line)
end
function showerror(io::IO, e::InitError, bt; backtrace = true)
    print(io, "InitError: ")
    showerror(io, e.error, bt; backtrace = backtrace)
    print(io, "\nduring initialization of module ", e.mod)
end

# The exception thrown last first, then what it arose from.
function show_exception_stack(io::IO, stack)
    for k in length(stack):-1:1
        k == length(stack) || print(io, "\ncaused by: ")
        entry = stack[k]
        showerror(io, entry.exception, entry.backtrace)
        k == 1 || println(io)
    end
end

# The text after `ERROR: ` for exceptions nobody caught: what the run-time system prints.
function uncaught_text(parts)
    io = IOBuffer()
    show_exception_stack(io, exception_stack(parts))
    return take_string!(io)
end

# More frames than this are looked through for cycles.
const LONG_TRACE = 50

show_backtrace(io::IO, bt) = show_frames(io, counted_frames(stacktrace(bt)))

# The frames, each with how many times it stands there in a row.
function counted_frames(frames)
    counted = Tuple{StackFrame,Int64}[]
    for frame in frames
        if !isempty(counted) && counted[end][1] == frame
            counted[end] = (frame, counted[end][2] + 1)
        else
            push!(counted, (frame, 1))
        end
    end
    return counted
end

function show_frames(io, counted)
    isempty(counted) && return nothing
    print(io, "\nStacktrace:")
    width = ndigits(length(counted)) + 2
    numbers = length(counted) > LONG_TRACE ? frame_numbers(counted) : nothing
    k = 1
    while k <= length(counted)
        frame, n = counted[k]
        print(io, "\n ", lpad(string("[", k, "]"), width), " ", frame.signature)
        n > 1 && print(io, " (repeats ", n, " times)")
        print(io, "\n", repeat(" ", width), "@ ")
        frame.modulepath == "" || print(io, frame.modulepath, " ")
        print(io, frame.file, ":", frame.line, frame.inlined ? " [inlined]" : "")
        k += 1
        if numbers !== nothing
            cycle, times = repeated_cycle(numbers, k)
            if times > 0
                print(io, "\n--- the last ", cycle, " lines are repeated ", times, " more time", times > 1 ? "s" : "", " ---")
                k += cycle * times
            end
        end
    end
    return nothing
end

# A number for each frame: equal frames have equal ones.
function frame_numbers(counted)
    known = Dict{Tuple{Symbol,Symbol,Int64,String,Int64},Int64}()
    numbers = Int64[]
    for (frame, n) in counted
        key = (frame.func, frame.file, frame.line, frame.signature, n)
        push!(numbers, get!(() -> length(known) + 1, known, key))
    end
    return numbers
end

# Whether what stands before position `k` stands there again, and how many times.
function repeated_cycle(numbers, k)
    k > length(numbers) && return (0, 0)
    start = k - 1
    while start >= 1 && numbers[start] != numbers[k]
        start -= 1
    end
    start < 1 && return (0, 0)
    cycle = k - start
    same = 0
    while k + same <= length(numbers) && numbers[k + same] == numbers[start + same]
        same += 1
    end
    return (cycle, same ÷ cycle)
end

module StackTraces
import ..Base: StackFrame, stacktrace
export StackFrame, stacktrace
const StackTrace = Vector{StackFrame}
end
