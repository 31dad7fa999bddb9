# How long something takes and how much it allocates. Allocated bytes are counted, allocations are not.

export @time, @timev, @timed, @elapsed, @allocated

# Bytes allocated so far, collections, nanoseconds spent in them.
collector_statistics() = Core._gc_statistics()

# The text goes to standard output; the value is that of the code.
macro time(code)
    return timed_code(esc(code), :(print_seconds(nothing, seconds, used)))
end
macro time(label, code)
    return timed_code(esc(code), :(print_seconds($(esc(label)), seconds, used)))
end
macro timev(code)
    return timed_code(esc(code), :(print_details(nothing, seconds, used)))
end
macro timev(label, code)
    return timed_code(esc(code), :(print_details($(esc(label)), seconds, used)))
end
function timed_code(code, report)
    return quote
        local before = collector_statistics()
        local start = time_ns()
        local value = $code
        local seconds = (time_ns() - start) / 1e9
        local used = used_since(before)
        $report
        value
    end
end

macro elapsed(code)
    return quote
        local start = time_ns()
        $(esc(code))
        (time_ns() - start) / 1e9
    end
end

# What a piece of code asked of the collector: bytes, collections, and nanoseconds they took.
struct GC_Diff
    allocd::Int64
    pause::Int64
    total_time::Int64
end
function used_since(before)
    now = collector_statistics()
    return GC_Diff(max(now[1] - before[1] - measuring_bytes(), 0), now[2] - before[2], now[3] - before[3])
end
# Asking allocates, too.
function measuring_bytes()
    first = collector_statistics()
    second = collector_statistics()
    return second[1] - first[1]
end

macro timed(code)
    return quote
        local before = collector_statistics()
        local start = time_ns()
        local value = $(esc(code))
        local seconds = (time_ns() - start) / 1e9
        local used = used_since(before)
        (value=value, time=seconds, bytes=used.allocd, gctime=used.total_time / 1e9, gcstats=used)
    end
end

# In a function, so that what runs around the code at top level does not count.
macro allocated(code)
    return :(allocated_by(() -> $(esc(code))))
end
function allocated_by(f)
    before = collector_statistics()
    f()
    return used_since(before).allocd
end

function print_seconds(label, seconds, used)
    text = string(lpad(fixed_point(seconds, 6), 10), " seconds")
    parts = String[]
    used.allocd > 0 && push!(parts, string(format_bytes(used.allocd), " allocated"))
    used.total_time > 0 && push!(parts, string(fixed_point(100 * used.total_time / (1e9 * seconds), 2), "% gc time"))
    println(label === nothing ? "" : string(label, ": "), text, isempty(parts) ? "" : string(" (", join(parts, ", "), ")"))
end
function print_details(label, seconds, used)
    print_seconds(label, seconds, used)
    println("elapsed time (ns):  ", round(Int64, seconds * 1e9))
    println("gc time (ns):       ", used.total_time)
    println("bytes allocated:    ", used.allocd)
    used.pause > 0 && println("GC pauses:          ", used.pause)
end
fixed_point(x, digits) = Core._format_float(x, false, digits)
function format_bytes(bytes)
    bytes < 1024 && return string(bytes, bytes == 1 ? " byte" : " bytes")
    value = bytes / 1024
    for unit in ("KiB", "MiB", "GiB")
        value < 1024 && return string(fixed_point(value, 3), " ", unit)
        value /= 1024
    end
    return string(fixed_point(value, 3), " TiB")
end
