# Search: n queens, sudoku, permutations, subset sums, knight's tour, each by backtracking.
function queens(n)
    solutions = Vector{Int}[]
    placed = Int[]
    safe(col) = all(((r, c),) -> c != col && abs(c - col) != length(placed) + 1 - r, enumerate(placed))
    function place(row)
        row > n && return push!(solutions, copy(placed))
        for col in 1:n
            safe(col) || continue
            push!(placed, col)
            place(row + 1)
            pop!(placed)
        end
    end
    place(1)
    return solutions
end
function board(solution)
    n = length(solution)
    b = fill('.', n, n)
    for (r, c) in pairs(solution)
        b[r, c] = 'Q'
    end
    join([join(b[r, :], ' ') for r in 1:n], '\n')
end

function read_sudoku(text)
    rows = split(strip(text), '\n')
    return [c == '.' ? 0 : parse(Int, c) for r in rows for c in strip(r)] |> v -> permutedims(reshape(v, 9, 9))
end
function candidates(grid, i, j)
    bi, bj = 3 * ((i - 1) ÷ 3), 3 * ((j - 1) ÷ 3)
    used = Set(vcat(grid[i, :], grid[:, j], vec(grid[bi+1:bi+3, bj+1:bj+3])))
    return setdiff(1:9, used)
end
function solve!(grid)
    open = findall(iszero, grid)
    isempty(open) && return true
    options = [(length(candidates(grid, Tuple(p)...)), p) for p in open]
    _, p = minimum(options)
    for d in candidates(grid, p[1], p[2])
        grid[p] = d
        solve!(grid) && return true
    end
    grid[p] = 0
    false
end

function permutations(v)
    length(v) <= 1 && return [copy(v)]
    [vcat(v[i], rest) for i in eachindex(v) for rest in permutations(v[1:end .!= i])]
end

function subsets_with_sum(values, target)
    found = Vector{Int}[]
    function go(i, left, chosen)
        left == 0 && (push!(found, chosen); return)
        (left < 0 || i > length(values)) && return
        go(i + 1, left - values[i], [chosen; values[i]])
        go(i + 1, left, chosen)
        return
    end
    go(1, target, Int[])
    found
end

const JUMPS = [(1, 2), (2, 1), (2, -1), (1, -2), (-1, -2), (-2, -1), (-2, 1), (-1, 2)]
function tour(n)
    visited = zeros(Int, n, n)
    inside(p) = all(1 .<= p .<= n)
    exits(p) = count(d -> inside(p .+ d) && visited[(p .+ d)...] == 0, JUMPS)
    at = (1, 1)
    for k in 1:n^2
        visited[at...] = k
        next = [at .+ d for d in JUMPS if inside(at .+ d) && visited[(at .+ d)...] == 0]
        isempty(next) && return k, visited
        at = next[argmin(map(exits, next))]
    end
end

println([length(queens(n)) for n in 1:6])
println(board(first(queens(6))))
grid = read_sudoku("""
    53467.9.2
    6721953.8
    .98.4256.
    85.76142.
    42685.791
    7.392.856
    96.537284
    2.74196.5
    34528.17.
    """)
println(count(iszero, grid), " open, solved: ", solve!(grid))
foreach(r -> println(join(grid[r, :])), 1:9)
println(all(allunique, eachrow(grid)) && all(allunique, eachcol(grid)))
ps = permutations([1, 2, 3])
println(ps, " ", length(permutations(collect(1:5))))
println(subsets_with_sum([3, 34, 4, 12, 5, 2], 9))
k, visited = tour(5)
println(k)
display(visited)
