# A binary search tree and a red-black one as sets of a type parameter, with iteration, folding and printing.
mutable struct Node{T}
    value::T
    left::Union{Node{T},Nothing}
    right::Union{Node{T},Nothing}
end
Node(v::T) where {T} = Node{T}(v, nothing, nothing)

mutable struct SortedSet{T} <: AbstractSet{T}
    root::Union{Node{T},Nothing}
    count::Int
    SortedSet{T}() where {T} = new{T}(nothing, 0)
end
function SortedSet(items)
    s = SortedSet{eltype(items)}()
    foreach(x -> push!(s, x), items)
    return s
end
SortedSet(items...) = SortedSet(collect(items))

Base.length(s::SortedSet) = s.count
Base.isempty(s::SortedSet) = s.root === nothing
Base.eltype(::Type{SortedSet{T}}) where {T} = T
Base.empty!(s::SortedSet) = (s.root = nothing; s.count = 0; s)
function Base.in(x, s::SortedSet)
    n = s.root
    while n !== nothing
        x == n.value && return true
        n = isless(x, n.value) ? n.left : n.right
    end
    false
end
function Base.push!(s::SortedSet{T}, x) where {T}
    v = convert(T, x)
    function insert(n)
        n === nothing && (s.count += 1; return Node(v))
        if isless(v, n.value)
            n.left = insert(n.left)
        elseif isless(n.value, v)
            n.right = insert(n.right)
        end
        return n
    end
    s.root = insert(s.root)
    s
end
function Base.delete!(s::SortedSet, x)
    function remove(n, x)
        n === nothing && return nothing
        if isless(x, n.value)
            n.left = remove(n.left, x)
        elseif isless(n.value, x)
            n.right = remove(n.right, x)
        else
            s.count -= 1
            n.left === nothing && return n.right
            n.right === nothing && return n.left
            least = n.right
            while least.left !== nothing
                least = least.left
            end
            n.value = least.value
            s.count += 1
            n.right = remove(n.right, least.value)
        end
        n
    end
    s.root = remove(s.root, x)
    s
end
function push_left!(stack, n)
    while n !== nothing
        push!(stack, n)
        n = n.left
    end
    stack
end
function Base.iterate(s::SortedSet{T}, stack=push_left!(Node{T}[], s.root)) where {T}
    isempty(stack) && return nothing
    n = pop!(stack)
    push_left!(stack, n.right)
    return (n.value, stack)
end
depth(::Nothing) = 0
depth(n::Node) = 1 + max(depth(n.left), depth(n.right))
depth(s::SortedSet) = depth(s.root)
Base.first(s::SortedSet) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : iterate(s)[1]

function print_tree(io::IO, n::Node, indent=0)
    n.right === nothing || print_tree(io, n.right, indent + 1)
    println(io, "    "^indent, n.value)
    n.left === nothing || print_tree(io, n.left, indent + 1)
end

# Persistent red-black trees by pattern.
@enum Color red black
struct RB{T}
    color::Color
    left::Union{RB{T},Nothing}
    value::T
    right::Union{RB{T},Nothing}
end
is_red(t) = t !== nothing && t.color == red
function insert(t::Union{RB{T},Nothing}, v::T) where {T}
    function go(t)
        t === nothing && return RB{T}(red, nothing, v, nothing)
        v < t.value && return balance(t.color, go(t.left), t.value, t.right)
        v > t.value && return balance(t.color, t.left, t.value, go(t.right))
        return t
    end
    top = go(t)
    return RB{T}(black, top.left, top.value, top.right)
end
function balance(color, l::Union{RB{T},Nothing}, v::T, r::Union{RB{T},Nothing}) where {T}
    fork(a, x, b, y, c, z, d) = RB{T}(red, RB{T}(black, a, x, b), y, RB{T}(black, c, z, d))
    if color == black
        is_red(l) && is_red(l.left) && return fork(l.left.left, l.left.value, l.left.right, l.value, l.right, v, r)
        is_red(l) && is_red(l.right) && return fork(l.left, l.value, l.right.left, l.right.value, l.right.right, v, r)
        is_red(r) && is_red(r.left) && return fork(l, v, r.left.left, r.left.value, r.left.right, r.value, r.right)
        is_red(r) && is_red(r.right) && return fork(l, v, r.left, r.value, r.right.left, r.right.value, r.right.right)
    end
    RB{T}(color, l, v, r)
end
height(::Nothing) = 0
height(t::RB) = 1 + max(height(t.left), height(t.right))
blacks(::Nothing) = 1
function blacks(t::RB)
    a, b = blacks(t.left), blacks(t.right)
    @assert a == b "unbalanced at $(t.value)"
    return a + (t.color == black)
end
inorder(::Nothing) = []
inorder(t::RB) = [inorder(t.left); t.value; inorder(t.right)]

function (@main)(args)
    s = SortedSet([50, 30, 70, 20, 40, 60, 80, 30])
    println(collect(s), " ", length(s), " ", depth(s), " ", 40 in s, " ", 45 ∈ s, " ", first(s))
    print_tree(stdout, s.root)
    delete!(delete!(s, 50), 20)
    println(collect(s), " ", length(s), " ", s.root.value)
    println(s == Set([30, 40, 60, 70, 80]), " ", issubset([30, 80], s), " ", sum(s), " ", maximum(s), " ", [2x for x in s if x > 50])
    println(union(Set([1]), s) == Set([1, 30, 40, 60, 70, 80]), " ", eltype(s), " ", typeof(s))
    println(s)
    words = SortedSet("pear", "apple", "fig")
    println(join(words, ", "), " ", reduce(*, words), " ", findfirst(==("fig"), collect(words)))
    try
        first(SortedSet{Int}())
    catch e
        println(e)
    end
    try
        push!(s, "x")
    catch e
        println(sprint(showerror, e)[1:60])
    end
    t = foldl(insert, 1:100; init=nothing)
    println(height(t), " ", blacks(t), " ", inorder(t) == 1:100, " ", t.value, " ", t.color)
    u = insert(insert(nothing, 'b'), 'a')
    println(u)
    println(inorder(u))
end
