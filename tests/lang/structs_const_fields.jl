# Constant fields of mutable structs.
mutable struct Account
    const id::Int
    balance::Float64
end
a = Account(1, 2.0)
a.balance += 1
println(a.balance, a.id)
try
    a.id = 2
catch e
    println(e isa ErrorException, " ", e.msg)
end
