# Huffman coding, base64 and a checksum, with bits packed by hand.
abstract type Tree end
struct Leaf <: Tree
    symbol::Char
    weight::Int
end
struct Fork <: Tree
    left::Tree
    right::Tree
    weight::Int
    Fork(l, r) = new(l, r, weight(l) + weight(r))
end
weight(t::Tree) = t.weight
Base.isless(a::Tree, b::Tree) = (weight(a), first_symbol(a)) < (weight(b), first_symbol(b))
first_symbol(l::Leaf) = l.symbol
first_symbol(f::Fork) = min(first_symbol(f.left), first_symbol(f.right))

function huffman(text)
    counts = Dict{Char,Int}()
    for c in text
        counts[c] = get!(counts, c, 0) + 1
    end
    nodes = Tree[Leaf(c, n) for (c, n) in counts]
    while length(nodes) > 1
        sort!(nodes, rev=true)
        a, b = pop!(nodes), pop!(nodes)
        push!(nodes, Fork(a, b))
    end
    only(nodes)
end

codes(t::Tree) = codes!(Dict{Char,String}(), t, "")
codes!(d, l::Leaf, prefix) = (d[l.symbol] = isempty(prefix) ? "0" : prefix; d)
function codes!(d, f::Fork, prefix)
    codes!(d, f.left, prefix * '0')
    codes!(d, f.right, prefix * '1')
end
encode(text, table) = BitVector(b == '1' for c in text for b in table[c])
function decode(bits, tree::Tree)
    io = IOBuffer()
    node = tree
    for b in bits
        node isa Fork && (node = b ? node.right : node.left)
        if node isa Leaf
            print(io, node.symbol)
            node = tree
        end
    end
    return String(take!(io))
end

const ALPHABET = ['A':'Z'; 'a':'z'; '0':'9'; '+'; '/']
function base64(bytes::AbstractVector{UInt8})
    io = IOBuffer()
    for chunk in Iterators.partition(bytes, 3)
        n = foldl((acc, b) -> acc << 8 | b, chunk; init=UInt32(0)) << (8 * (3 - length(chunk)))
        for k in 0:3
            print(io, k > length(chunk) ? '=' : ALPHABET[(n >> (18 - 6k)) & 0x3f + 1])
        end
    end
    String(take!(io))
end
function unbase64(s)
    bytes = UInt8[]
    values = Dict(c => UInt32(i - 1) for (i, c) in enumerate(ALPHABET))
    for i in 1:4:length(s)
        group = s[i:i+3]
        pad = count(==('='), group)
        n = reduce((acc, c) -> acc << 6 | get(values, c, UInt32(0)), group; init=UInt32(0))
        append!(bytes, [UInt8((n >> s) & 0xff) for s in 16:-8:8pad])
    end
    bytes
end

const TABLE = map(0:255) do i
    c = UInt32(i)
    for _ in 1:8
        c = isodd(c) ? 0xedb88320 ⊻ (c >> 1) : c >> 1
    end
    c
end
crc32(data) = ~foldl((c, b) -> TABLE[(c ⊻ b) & 0xff + 1] ⊻ (c >> 8), data; init=0xffffffff)
function adler(data)
    a, b = UInt32(1), UInt32(0)
    for x in data
        a = (a + x) % 65521
        b = (b + a) % 65521
    end
    return b << 16 | a
end

text = "this is an example of a huffman tree"
tree = huffman(text)
table = codes(tree)
for (c, code) in sort(collect(table); by=p -> (length(p[2]), p[1]))
    println(repr(c), " ", rpad(code, 6), count(==(c), text))
end
bits = encode(text, table)
println(length(bits), " bits for ", 8 * sizeof(text), ": ", decode(bits, tree) == text)
println(join(Int.(bits[1:20])), " ", typeof(bits), " ", count(bits))
println(codes(huffman("aaaa")), " ", decode(encode("aaa", Dict('a' => "0")), huffman("aaaa")))
for s in ["", "M", "Ma", "Man", "light work."]
    coded = base64(codeunits(s))
    println(rpad(repr(coded), 20), String(unbase64(coded)) == s)
end
println(string(crc32(codeunits("123456789")), base=16), " ", repr(crc32(b"")), " ", adler(codeunits("Wikipedia")))
println(TABLE[1:3])
