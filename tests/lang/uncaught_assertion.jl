@assert 1 + 1 == 2
@assert 2 + 2 == 5
