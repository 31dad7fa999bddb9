# Dynamic programming: knapsack, edit distance with the edits, longest common subsequence, coins, matrix chains, intervals.
function knapsack(weights, values, capacity)
    n = length(weights)
    best = zeros(Int, n + 1, capacity + 1)
    for i in 1:n, c in 0:capacity
        best[i+1, c+1] = best[i, c+1]
        if weights[i] <= c
            best[i+1, c+1] = max(best[i+1, c+1], best[i, c-weights[i]+1] + values[i])
        end
    end
    chosen = Int[]
    c = capacity
    for i in n:-1:1
        best[i+1, c+1] != best[i, c+1] && (pushfirst!(chosen, i); c -= weights[i])
    end
    return best[end, end], chosen
end

function edits(a::AbstractString, b::AbstractString)
    s, t = collect(a), collect(b)
    m, n = length(s), length(t)
    d = [i == 0 ? j : j == 0 ? i : 0 for i in 0:m, j in 0:n]
    for i in 1:m, j in 1:n
        d[i+1, j+1] = min(d[i, j+1] + 1, d[i+1, j] + 1, d[i, j] + (s[i] != t[j]))
    end
    steps = String[]
    i, j = m, n
    while i > 0 || j > 0
        if i > 0 && j > 0 && d[i+1, j+1] == d[i, j] + (s[i] != t[j])
            s[i] != t[j] && push!(steps, "$(s[i])→$(t[j])")
            i -= 1; j -= 1
        elseif i > 0 && d[i+1, j+1] == d[i, j+1] + 1
            push!(steps, "-$(s[i])")
            i -= 1
        else
            push!(steps, "+$(t[j])")
            j -= 1
        end
    end
    return d[end, end], reverse!(steps)
end

let memo = Dict{Tuple{String,String},String}()
    global function lcs(a, b)
        (isempty(a) || isempty(b)) && return ""
        get!(memo, (a, b)) do
            if a[end] == b[end]
                lcs(chop(a) |> String, String(chop(b))) * a[end]
            else
                x, y = lcs(String(chop(a)), b), lcs(a, String(chop(b)))
                length(x) >= length(y) ? x : y
            end
        end
    end
    global cached() = length(memo)
end

function change(coins, amount)
    ways = [1; zeros(Int, amount)]
    fewest = fill(typemax(Int), amount + 1)
    fewest[1] = 0
    for coin in coins, a in coin:amount
        ways[a+1] += ways[a-coin+1]
        f = fewest[a-coin+1]
        f == typemax(Int) || (fewest[a+1] = min(fewest[a+1], f + 1))
    end
    ways[end], fewest[end] == typemax(Int) ? nothing : fewest[end]
end

function chain(dims)
    n = length(dims) - 1
    cost = zeros(Int, n, n)
    split = zeros(Int, n, n)
    for len in 2:n, i in 1:n-len+1
        j = i + len - 1
        cost[i, j], k = findmin([cost[i, k] + cost[k+1, j] + dims[i] * dims[k+1] * dims[j+1] for k in i:j-1])
        split[i, j] = i + k - 1
    end
    order(i, j) = i == j ? string('A' + i - 1) : "($(order(i, split[i, j]))$(order(split[i, j] + 1, j)))"
    return cost[1, n], order(1, n)
end

function increasing(v)
    isempty(v) && return v
    tails, parents, at = Int[], zeros(Int, length(v)), Int[]
    for (i, x) in pairs(v)
        k = searchsortedfirst(tails, x)
        k > length(tails) ? (push!(tails, x); push!(at, i)) : (tails[k] = x; at[k] = i)
        parents[i] = k == 1 ? 0 : at[k-1]
    end
    out, i = similar(v, 0), at[end]
    while i != 0
        pushfirst!(out, v[i])
        i = parents[i]
    end
    out
end

maximum_run(v) = foldl(((best, run), x) -> (r = max(x, run + x); (max(best, r), r)), v; init=(typemin(Int) ÷ 2, 0))[1]
catalan(n) = n == 0 ? 1 : sum(catalan(i) * catalan(n - 1 - i) for i in 0:n-1)
function pascal(n)
    rows = [[1]]
    for _ in 2:n
        r = last(rows)
        push!(rows, [1; r[1:end-1] .+ r[2:end]; 1])
    end
    rows
end
partitions(n, k=n) = n == 0 ? [Int[]] : [[i; p] for i in min(n, k):-1:1 for p in partitions(n - i, i)]

println(knapsack([1, 3, 4, 5], [1, 4, 5, 7], 7), " ", knapsack(Int[], Int[], 5))
for (a, b) in ["kitten" => "sitting", "" => "abc", "flaw" => "lawn", "größe" => "grosse"]
    println(a, " → ", b, ": ", edits(a, b))
end
println(lcs("AGGTABQWERTY", "GXTXAYBWRT"), " ", cached() > 20)
println(change([1, 2, 5], 11), " ", change([5, 10], 3), " ", change([25, 10, 5, 1], 100))
println(chain([40, 20, 30, 10, 30]))
println(increasing([10, 9, 2, 5, 3, 7, 101, 18]), " ", increasing(Int[]))
println(maximum_run([-2, 1, -3, 4, -1, 2, 1, -5, 4]))
println(map(catalan, 0:8))
width = textwidth(join(pascal(6)[end], ' '))
for row in pascal(6)
    text = join(row, ' ')
    println(lpad(text, (width + length(text)) ÷ 2))
end
println(partitions(5))
println(length(partitions(12)))
