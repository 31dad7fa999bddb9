# Cellular automata: the game of life on a torus, an elementary rule, and Langton's ant.
struct World <: AbstractMatrix{Bool}
    cells::BitMatrix
end
World(rows::Vector{String}) = World(BitMatrix([rows[i][j] == '#' for i in eachindex(rows), j in 1:length(rows[1])]))
Base.size(w::World) = size(w.cells)
Base.getindex(w::World, i::Int, j::Int) = w.cells[mod1(i, end), mod1(j, end)]
Base.checkbounds(::Type{Bool}, w::World, i::Int, j::Int) = true

neighbours(w::World, i, j) = count(w[i+a, j+b] for a in -1:1, b in -1:1 if (a, b) != (0, 0))
function step(w::World)
    next = falses(size(w))
    for j in axes(w, 2), i in axes(w, 1)
        n = neighbours(w, i, j)
        next[i, j] = n == 3 || (w[i, j] && n == 2)
    end
    World(next)
end
draw(w::World) = foreach(row -> println(join(c ? '#' : '.' for c in row)), eachrow(w.cells))

rule(n::Integer) = pattern -> (n >> pattern) & 1 == 1
function evolve(f, row::AbstractVector{Bool})
    n = length(row)
    [f(4row[mod1(i - 1, n)] + 2row[i] + row[mod1(i + 1, n)]) for i in 1:n]
end

mutable struct Ant
    x::Int
    y::Int
    heading::Complex{Int}
end
function walk!(grid::Matrix{Bool}, ant::Ant, steps)
    for _ = 1:steps
        ant.heading *= grid[ant.x, ant.y] ? im : -im
        grid[ant.x, ant.y] ⊻= true
        ant.x += real(ant.heading)
        ant.y += imag(ant.heading)
    end
    return ant
end

function (@main)(args)
    glider = World([".#......", "..#.....", "###.....", "........", "........", "........"])
    draw(glider)
    w = glider
    for _ in 1:4
        w = step(w)
    end
    println("after 4:")
    draw(w)
    println("alive ", sum(w), ", moved by one ", w.cells == circshift(glider.cells, (1, 1)))
    later = foldl((w, _) -> step(w), 1:12; init=glider)
    println(later == glider, " ", count(later), " ", findall(later)[1:2])

    row = falses(31)
    row[16] = true
    for _ in 1:8
        println(String(map(b -> b ? '*' : ' ', row)) |> rstrip)
        row = evolve(rule(90), row)
    end
    println(sum(evolve(rule(30), evolve(rule(30), row))))

    grid = zeros(Bool, 11, 11)
    ant = Ant(6, 6, 1 + 0im)
    walk!(grid, ant, 60)
    println(ant, " ", sum(grid))
    println(findall(grid)[1:3], " ", sum(grid, dims=1))
    println(typeof(row), " ", typeof(evolve(rule(1), [true, false])))
end
