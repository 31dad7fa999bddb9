# A global without a constant value changes its type between calls.
counter = 1
step() = counter + 1
shown() = string(counter, "|", step())

function (@main)(args)
    println(shown())
    return 0
end
