# What the command does around a program: its arguments, how it ends, and what the prompt shows.
# Reading lines and evaluating them is the command's own business.

# The program's arguments, and its file; the command sets both.
const ARGS = String[]
global PROGRAM_FILE::String = ""

global at_prompt::Bool = false
isinteractive() = at_prompt

# Functions to call when the program ends, last one first.
const exit_hooks = Any[]
atexit(f) = (pushfirst!(exit_hooks, f); nothing)

# A hook may register others; one that throws does not keep the rest from running.
function run_exit_hooks()
    while !isempty(exit_hooks)
        hook = popfirst!(exit_hooks)
        try
            hook()
        catch
            print(stderr, "error in running atexit functions: ", uncaught_text(Core._current_exceptions()), "\n")
        end
    end
    return nothing
end

# Modules with an `__init__` that was not called yet, in the order in which they were completed: the command's list.
const uninitialized_modules = Any[]

function exit(code)
    status = convert(Int64, code)
    run_exit_hooks()
    Core._exit(status)
end
exit() = exit(0)

# What the prompt shows of a value.
show_at_prompt(x) = (display_value(x); nothing)
display_value(x) = (show(IOContext(stdout, :limit => true), TextPlain(), x); println())
