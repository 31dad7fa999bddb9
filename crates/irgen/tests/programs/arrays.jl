# Arrays: elements of every kind, bounds, growth, several dimensions.

function sum_of(a)
    s = zero(eltype(a))
    for x in a
        s += x
    end
    s
end
test_sum_int() = sum_of([1, 2, 3])
test_sum_float() = sum_of([1.5, 2.5])
test_sum_index() = (a = [3, 1, 2]; s = 0; for i in 1:length(a); s += a[i] * i; end; s)

function fill_squares(n)
    a = Vector{Int64}(undef, n)
    for i in 1:n
        a[i] = i * i
    end
    a
end
test_squares() = fill_squares(5)
function grow(n)
    a = Int64[]
    for i in 1:n
        push!(a, i)
    end
    pop!(a)
    a
end
test_grow() = grow(10)
function grow_strings(n)
    a = String[]
    for i in 1:n
        push!(a, "s")
    end
    a
end
test_grow_strings() = grow_strings(5)
read_at(a, i) = a[i]
write_at!(a, i, x) = (a[i] = x; a)
test_read() = read_at([1, 2, 3], 3)
throws_read() = read_at([1, 2, 3], 4)
throws_read_zero() = read_at([1, 2, 3], 0)
throws_write() = write_at!([1, 2, 3], 4, 1)
test_write() = write_at!([1, 2, 3], 2, 9)
test_write_string() = write_at!(["a", "b"], 1, "c")
test_write_any() = write_at!(Any[1, 2], 1, "c")
throws_write_type() = write_at!([1, 2], 1, "c")
throws_undef() = read_at(Vector{String}(undef, 2), 1)
test_bools() = write_at!([true, false], 2, true)
test_bytes() = write_at!(UInt8[1, 2], 1, UInt8(255))
test_chars() = write_at!(['a', 'b'], 1, 'c')
test_nothings() = (a = [nothing, nothing]; (length(a), a[1]))
struct P
    x::Float64
    y::Int64
end
test_points() = (a = [P(1.0, 2), P(3.0, 4)]; a[1] = P(5.0, 6); (a[1].x, a[2].y))
struct S
    s::String
    n::Int64
end
test_structs() = (a = [S("a", 1), S("b", 2)]; a[1] = S("c", 3); a[1].s * a[2].s)
test_tuples() = (a = [(1, 2.0), (3, 4.0)]; a[2] = (5, 6.0); a[1][1] + a[2][2])
test_unions() = (a = Union{Int64,Nothing}[1, nothing]; a[2] = 5; a[1] = nothing; (a[1], a[2]))

function matrix(n)
    m = Matrix{Float64}(undef, n, n)
    for j in 1:n, i in 1:n
        m[i, j] = 10.0 * i + j
    end
    m
end
test_matrix() = (m = matrix(3); (m[2, 3], size(m, 1), size(m, 2), m[4], length(m)))
throws_matrix() = matrix(3)[4, 1]
throws_matrix_second() = matrix(3)[1, 4]
function product(a, b)
    n = size(a, 1)
    c = Matrix{Float64}(undef, n, n)
    for i in 1:n, j in 1:n
        s = 0.0
        for k in 1:n
            s += a[i, k] * b[k, j]
        end
        c[i, j] = s
    end
    c
end
test_product() = (c = product(matrix(3), matrix(3)); (c[1, 1], c[3, 2]))

function sieve(n)
    is_prime = Vector{Bool}(undef, n)
    for i in 1:n
        is_prime[i] = true
    end
    count = 0
    for i in 2:n
        if is_prime[i]
            count += 1
            j = i * i
            while j <= n
                is_prime[j] = false
                j += i
            end
        end
    end
    count
end
test_sieve() = sieve(1000)
test_enumerate() = (s = 0; for (i, x) in enumerate([5, 6, 7]); s += i * x; end; s)
test_zip() = (s = 0; for (x, y) in zip([1, 2, 3], [4, 5, 6]); s += x * y; end; s)
test_eachindex() = (a = [1, 2, 3]; s = 0; for i in eachindex(a); s += a[i]; end; s)
test_comprehension() = [i * i for i in 1:4]
function bubble!(a)
    n = length(a)
    for i in 1:n, j in 1:n-1
        if a[j] > a[j+1]
            a[j], a[j+1] = a[j+1], a[j]
        end
    end
    a
end
test_bubble() = bubble!([5, 2, 9, 1, 7])

#> (sum_of, [1.5, 2.5])
#> (fill_squares, 5)
#> (fill_squares, -1)
#> (grow, 100)
#> (read_at, [1, 2, 3], 3)
#> (read_at, [1, 2, 3], 4)
#> (read_at, ["a", "b"], 2)
#> (read_at, Any[1, "x"], 2)
#> (read_at, [P(1.0, 2)], 1)
#> (read_at, [S("s", 2)], 1)
#> (write_at!, [1, 2, 3], 2, 9)
#> (write_at!, [1.0, 2.0], 2, 9)
#> (write_at!, [P(1.0, 2)], 1, P(3.0, 4))
#> (write_at!, [S("s", 2)], 1, S("t", 3))
#> (write_at!, Union{Int64,Nothing}[1, nothing], 1, nothing)
#> (matrix, 3)
#> (product, matrix(3), matrix(3))
#> (sieve, 1000)
#> (bubble!, [5, 2, 9, 1, 7])
