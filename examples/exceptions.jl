# Exceptions: thrown, caught by kind, rethrown, and `finally` on every way out.

struct Overdrawn
    missing_amount::Int64
end

mutable struct Account
    balance::Int64
end

function withdraw!(account, amount)
    if amount < 0
        error("negative amount: ", amount)
    end
    if amount > account.balance
        throw(Overdrawn(amount - account.balance))
    end
    account.balance -= amount
    return account.balance
end

function attempt(account, amount)
    try
        left = withdraw!(account, amount)
        return "left: $left"
    catch e
        if e isa Overdrawn
            return "overdrawn by $(e.missing_amount)"
        elseif e isa ErrorException
            return "error: $(e.msg)"
        end
        rethrow()
    finally
        println("tried ", amount)
    end
end

function nested(n)
    try
        try
            n == 0 && error("innermost")
            return nested(n - 1)
        finally
            println("leaving level ", n)
        end
    catch e
        n < 2 && rethrow()
        return string("caught at level ", n, ": ", e.msg)
    end
end

function in_loop()
    order = Int64[]
    for i in 1:6
        try
            i == 2 && continue
            i == 5 && break
            push!(order, i)
        finally
            push!(order, -i)
        end
    end
    return order
end

function index_error(v, i)
    try
        return v[i]
    catch e
        return e isa BoundsError ? "out of bounds" : "something else"
    end
end

function method_error()
    try
        return withdraw!("no account", 1)
    catch e
        return typeof(e)
    end
end

function (@main)(args)
    account = Account(100)
    println(attempt(account, 30))
    println(attempt(account, 100))
    println(attempt(account, -5))
    println(nested(4))
    println(in_loop())
    println(index_error([1, 2, 3], 2), ", ", index_error([1, 2, 3], 7))
    println(method_error())
    try
        div(1, account.balance - 70)
    catch e
        println(typeof(e))
    end
    return 0
end
