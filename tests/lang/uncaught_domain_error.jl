println(sqrt(4.0))
sqrt(-1.0)
