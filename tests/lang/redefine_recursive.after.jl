main(String[])
is_odd(n) = n == 0 ? "odd zero" : is_even(n - 1)
main(String[])
is_even(n) = n <= 0 ? "even" : is_odd(n - 2)
