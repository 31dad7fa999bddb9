# One function of a circle of callers is defined anew.
is_even(n) = n == 0 ? true : is_odd(n - 1)
is_odd(n) = n == 0 ? false : is_even(n - 1)

function (@main)(args)
    println(is_even(10), " ", is_odd(7), " ", is_even(3))
    return 0
end
