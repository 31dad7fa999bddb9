# Linear algebra by hand: LU with pivots, determinant, inverse, power iteration, Cramer over rationals.
struct SingularException <: Exception
    column::Int
end

function lu(A::AbstractMatrix)
    n = size(A, 1)
    size(A, 2) == n || throw(DimensionMismatch("matrix is not square: dimensions are $(size(A))"))
    U = float(copy(A))
    L = [i == j ? 1.0 : 0.0 for i in 1:n, j in 1:n]
    p = collect(1:n)
    sign = 1
    for k in 1:n
        pivot = argmax(abs.(U[k:n, k])) + k - 1
        iszero(U[pivot, k]) && throw(SingularException(k))
        if pivot != k
            U[[k, pivot], :] = U[[pivot, k], :]
            L[[k, pivot], 1:k-1] = L[[pivot, k], 1:k-1]
            p[k], p[pivot] = p[pivot], p[k]
            sign = -sign
        end
        for i in k+1:n
            L[i, k] = U[i, k] / U[k, k]
            U[i, :] .-= L[i, k] .* U[k, :]
        end
    end
    return (L=L, U=U, p=p, sign=sign)
end

diagonal(A) = [A[i, i] for i in axes(A, 1)]
determinant(A) = (f = lu(A); f.sign * prod(diagonal(f.U)))
function solve(A, b)
    L, U, p = lu(A)
    n = length(b)
    y = zeros(n)
    for i in 1:n
        y[i] = b[p[i]] - mapreduce(j -> L[i, j] * y[j], +, 1:i-1; init=0.0)
    end
    x = zeros(n)
    for i in n:-1:1
        s = y[i]
        for j in i+1:n
            s -= U[i, j] * x[j]
        end
        x[i] = s / U[i, i]
    end
    x
end
function inverse(A)
    n = size(A, 1)
    reduce(hcat, [solve(A, [Float64(i == j) for i in 1:n]) for j in 1:n])
end

minor(A, i, j) = A[1:end .!= i, 1:end .!= j]
exact_det(A) = size(A) == (1, 1) ? A[1] : sum((-1)^(1 + j) * A[1, j] * exact_det(minor(A, 1, j)) for j in axes(A, 2))
function cramer(A::Matrix{T}, b::Vector{T}) where {T<:Integer}
    d = exact_det(A)
    map(axes(A, 2)) do j
        B = copy(A)
        B[:, j] = b
        exact_det(B) // d
    end
end

norm(v) = sqrt(sum(abs2, v))
function power_iteration(A; steps=100)
    v = ones(size(A, 1))
    for _ in 1:steps
        v = A * v
        v /= norm(v)
    end
    return v' * A * v, v
end
fib(n) = ([1 1; 1 0]^n)[1, 2]

A = [2 1 1; 4 3 3; 8 7 9]
f = lu(A)
println(f.p, " ", f.sign, " ", round.(f.L; digits=4))
println(f.L * f.U ≈ A[f.p, :], " ", round(determinant(A); digits=10), " ", exact_det(A))
x = solve(A, [1, 2, 3])
println(round.(x; digits=12), " ", A * x ≈ [1, 2, 3])
display(round.(inverse(A); digits=3))
println(cramer(A, [1, 2, 3]))
value, vector = power_iteration([2.0 1.0; 1.0 3.0])
println(round(value; digits=8), " ", round.(vector; digits=5))
println(fib(50), " ", [fib(n) for n in 1:10])
println(A', " ", transpose([1 2; 3 4]) == [1 3; 2 4], " ", A .^ 2, " ", sum(A, dims=2))
for bad in ([1 2 3; 4 5 6], [1 2; 2 4])
    try
        determinant(bad)
    catch e
        println(e isa SingularException ? "singular at column $(e.column)" : sprint(showerror, e))
    end
end
A = [2 1 1; 4 3 3; 8 7 9]
println(hcat([1, 2], [3, 4]), vcat([1 2], [3 4]), [A[1:2, 1:2] [0; 0]; 1 1 1], " ", size(reshape(1:6, 2, :)))
println(extrema(A), " ", findmax(A), " ", maximum(A; dims=1))
products = [a * b for a in 1:2, b in [10, 20, 30]]
println(products, " ", vec(products), " ", permutedims(products), " ", rot180(products), " ", rotl90(products))
