# `getproperty` of a type is defined after compiled code read its fields.
mutable struct Account
    owner::String
    balance::Int64
end
line(a) = string(a.owner, " has ", a.balance)
deposit(a, n) = (a.balance += n; a)

function (@main)(args)
    a = Account("Ann", 5)
    println(line(deposit(a, 10)))
    return 0
end
