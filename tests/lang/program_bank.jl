# A bank: accounts of several kinds, transfers that may fail, and a report of what happened.
module Bank

export Account, Checking, Savings, InsufficientFunds, AccountLocked
export deposit!, withdraw!, transfer!, balance, accrue!, history, lock!

abstract type Account end

"""
    InsufficientFunds(wanted, available)

Thrown when an account has not got what is asked of it.
"""
struct InsufficientFunds <: Exception
    wanted::Float64
    available::Float64
end

struct AccountLocked <: Exception
    owner::String
end

function Base.showerror(io::IO, e::InsufficientFunds)
    print(io, "InsufficientFunds: wanted ", e.wanted, ", only ", e.available, " available")
end

mutable struct Checking <: Account
    owner::String
    cents::Int
    overdraft::Int
    locked::Bool
    log::Vector{Pair{Symbol,Int}}
    Checking(owner; overdraft=0) = new(owner, 0, overdraft, false, [])
end

mutable struct Savings <: Account
    owner::String
    cents::Int
    rate::Rational{Int}
    locked::Bool
    log::Vector{Pair{Symbol,Int}}
    function Savings(owner::AbstractString, rate)
        rate < 0 && throw(DomainError(rate, "interest cannot be negative"))
        return new(owner, 0, rate, false, Pair{Symbol,Int}[])
    end
end

available(a::Checking) = a.cents + a.overdraft
available(a::Savings) = a.cents
balance(a::Account) = a.cents / 100
history(a::Account) = copy(a.log)
lock!(a::Account) = (a.locked = true; a)

function deposit!(a::Account, amount::Real)
    a.locked && throw(AccountLocked(a.owner))
    amount > 0 || throw(ArgumentError("deposit must be positive, got $amount"))
    cents = round(Int, 100amount)
    a.cents += cents
    push!(a.log, :deposit => cents)
    return a
end

function withdraw!(a::Account, amount::Real)
    a.locked && throw(AccountLocked(a.owner))
    cents = round(Int, 100amount)
    cents <= available(a) || throw(InsufficientFunds(amount, available(a) / 100))
    a.cents -= cents
    push!(a.log, :withdraw => cents)
    a
end

function transfer!(from::Account, to::Account, amount)
    withdraw!(from, amount)
    try
        deposit!(to, amount)
    catch
        deposit!(from, amount)
        rethrow()
    end
    nothing
end

function accrue!(a::Savings)
    interest = a.cents * a.rate
    deposit!(a, round(Int, interest) / 100)
end

Base.show(io::IO, a::Account) = print(io, nameof(typeof(a)), "(", a.owner, ": ", balance(a), ")")

end # module

using .Bank

function attempt(f)
    try
        f()
        println("  ok")
    catch e
        if e isa InsufficientFunds
            println("  refused, short of ", round(e.wanted - e.available, digits=2))
        elseif e isa AccountLocked
            println("  locked: ", e.owner)
        else
            println("  ", typeof(e), ": ", sprint(showerror, e))
        end
    end
end

function (@main)(args)
    ann = Checking("Ann", overdraft=50_00)
    bob = Savings("Bob", 1 // 20)
    deposit!(ann, 100)
    deposit!(bob, 12.34)
    println(ann, " ", bob)
    attempt(() -> transfer!(ann, bob, 120.5))
    println(ann, " ", bob)
    attempt(() -> transfer!(ann, bob, 1000))
    attempt() do
        deposit!(bob, -3)
    end
    accrue!(bob)
    lock!(bob)
    attempt(() -> transfer!(ann, bob, 5))
    attempt(() -> Savings("Eve", -1 // 2))
    println([ann, bob])
    for (kind, cents) in history(ann)
        println(rpad(kind, 10, '.'), lpad(cents, 8))
    end
    @show history(bob)
    total = sum(balance, Account[ann, bob])
    println("total: $(round(total; digits=2))")
    try
        withdraw!(ann, 1e6)
    catch e
        showerror(stdout, e)
        println()
    end
    return 0
end
