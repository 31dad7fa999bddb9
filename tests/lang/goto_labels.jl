# @goto and @label.
function count_up(n)
    i = 0
    @label again
    i += 1
    i < n && @goto again
    return i
end
println(count_up(5))
function leave_nested()
    for i in 1:3
        for j in 1:3
            i * j == 4 && @goto done
            print(i, j, " ")
        end
    end
    @label done
    println("done")
end
leave_nested()
function skip(flag)
    x = 0
    flag && @goto over
    x = 1
    @label over
    return x
end
println(skip(true), skip(false))
function retry()
    attempts = 0
    @label start
    attempts += 1
    try
        attempts < 3 && error("again")
    catch
        @goto start
    end
    return attempts
end
println(retry())
function machine(s)
    i = 1
    words = 0
    @label outside
    i > length(s) && return words
    c = s[i]
    i += 1
    c == ' ' && @goto outside
    words += 1
    @label inside
    i > length(s) && return words
    c = s[i]
    i += 1
    c == ' ' && @goto outside
    @goto inside
end
println(machine("  a few  words "))
