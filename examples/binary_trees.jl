# Binary trees: allocates gigabytes of short-lived nodes while a long-lived tree stays.

struct Tree
    left::Union{Tree,Nothing}
    right::Union{Tree,Nothing}
end

function bottom_up(depth)
    if depth == 0
        return Tree(nothing, nothing)
    end
    return Tree(bottom_up(depth - 1), bottom_up(depth - 1))
end

function check(tree::Tree)
    left = tree.left
    right = tree.right
    if left === nothing || right === nothing
        return 1
    end
    return 1 + check(left) + check(right)
end

function run(n)
    min_depth = 4
    max_depth = n
    stretch = max_depth + 1
    println("stretch tree of depth ", stretch, " check: ", check(bottom_up(stretch)))
    long_lived = bottom_up(max_depth)
    depth = min_depth
    while depth <= max_depth
        iterations = 1 << (max_depth - depth + min_depth)
        total = 0
        for i in 1:iterations
            total += check(bottom_up(depth))
        end
        println(iterations, " trees of depth ", depth, " check: ", total)
        depth += 2
    end
    println("long lived tree of depth ", max_depth, " check: ", check(long_lived))
end

function (@main)(args)
    n = length(args) > 0 ? parse(Int64, args[1]) : 12
    run(n)
    return 0
end
