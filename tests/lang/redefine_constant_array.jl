# A constant whose object is read at run time is bound to another object of the same type.
const table = [1, 2, 3]
total() = table[1] + table[2] + length(table)

function (@main)(args)
    println(total())
    return 0
end
