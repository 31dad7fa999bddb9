# Text: word counts, wrapping, justification, palindromes, anagrams, caesar and vigenere, roman numerals, run lengths.
const POEM = """
    The wind was a torrent of darkness among the gusty trees,
    The moon was a ghostly galleon tossed upon cloudy seas,
    The road was a ribbon of moonlight over the purple moor,
    And the highwayman came riding, riding, riding,
    The highwayman came riding, up to the old inn-door.
    """

function word_counts(text)
    counts = Dict{String,Int}()
    for w in split(lowercase(text), c -> !isletter(c); keepempty=false)
        counts[w] = get(counts, w, 0) + 1
    end
    counts
end
top(counts, n) = sort!(collect(counts); by=p -> (-p.second, p.first))[1:n]

function wrap(text, width)
    lines, line = String[], ""
    for word in split(text)
        if isempty(line)
            line = word
        elseif length(line) + 1 + length(word) <= width
            line *= " " * word
        else
            push!(lines, line)
            line = word
        end
    end
    isempty(line) || push!(lines, line)
    return lines
end
function justify(line, width)
    words = split(line)
    length(words) == 1 && return rpad(line, width)
    gaps = length(words) - 1
    spaces = width - sum(length, words)
    return join(w * " "^(i > gaps ? 0 : spaces ÷ gaps + (i <= spaces % gaps)) for (i, w) in enumerate(words))
end
center(s, width, fill=' ') = (n = width - length(s); fill^(n ÷ 2) * s * fill^(n - n ÷ 2))

ispalindrome(s) = (t = filter(isletter, lowercase(s)); t == reverse(t))
isanagram(a, b) = sort(collect(lowercase(a))) == sort(collect(lowercase(b)))

shift(c::Char, k) = 'a' <= c <= 'z' ? 'a' + mod(c - 'a' + k, 26) : 'A' <= c <= 'Z' ? 'A' + mod(c - 'A' + k, 26) : c
caesar(s, k) = map(c -> shift(c, k), s)
function vigenere(text, key; decode=false)
    ks = Iterators.cycle(k - 'a' for k in key)
    join(shift(c, decode ? -k : k) for (c, k) in zip(text, ks))
end

const ROMAN = [1000 => "M", 900 => "CM", 500 => "D", 400 => "CD", 100 => "C", 90 => "XC", 50 => "L", 40 => "XL", 10 => "X",
               9 => "IX", 5 => "V", 4 => "IV", 1 => "I"]
function to_roman(n::Integer)
    n > 0 || throw(DomainError(n, "roman numerals begin at one"))
    out = ""
    for (value, letters) in ROMAN
        while n >= value
            out *= letters
            n -= value
        end
    end
    out
end
function from_roman(s)
    values = Dict('M' => 1000, 'D' => 500, 'C' => 100, 'L' => 50, 'X' => 10, 'V' => 5, 'I' => 1)
    ns = [values[c] for c in s]
    sum(i < length(ns) && ns[i] < ns[i+1] ? -ns[i] : ns[i] for i in eachindex(ns))
end

function run_lengths(s)
    isempty(s) && return ""
    io = IOBuffer()
    current, n = s[1], 0
    for c in s
        if c == current
            n += 1
        else
            print(io, n > 1 ? n : "", current)
            current, n = c, 1
        end
    end
    print(io, n > 1 ? n : "", current)
    String(take!(io))
end
function expand(s)
    out, n = "", ""
    for c in s
        isdigit(c) ? (n *= c) : (out *= c^(n == "" ? 1 : parse(Int, n)); n = "")
    end
    return out
end

function (@main)(args)
    for (w, n) in top(word_counts(POEM), 5)
        println(rpad(w, 12, '.'), n)
    end
    for line in wrap(POEM, 34)
        println('|', justify(line, 34), '|')
    end
    println(center("title", 20, '*'), " ", titlecase("the quick brown-fox"), " ", uppercasefirst("élan"))
    println(map(ispalindrome, ["A man, a plan, a canal: Panama", "nope", ""]), " ", isanagram("Listen", "Silent"))
    secret = caesar("Hello, World!", 3)
    println(secret, " ", caesar(secret, -3), " ", caesar("xyz", 29))
    hidden = vigenere("attackatdawn", "lemon")
    println(hidden, " ", vigenere(hidden, "lemon"; decode=true))
    println([to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
    println(all(n -> from_roman(to_roman(n)) == n, 1:120))
    try
        to_roman(0)
    catch e
        println(sprint(showerror, e))
    end
    coded = run_lengths("WWWWWWWWWWWWBWWWWWWWWWWWWBBBWWé")
    println(coded, " ", expand(coded) == "WWWWWWWWWWWWBWWWWWWWWWWWWBBBWWé", " ", repr(run_lengths("")))
    println(join(["a", "b", "c"], ", ", " and "), " ", strip("  xx "), "|", lstrip("00120", '0'), "|", rstrip("1.500", '0'))
    println(replace("a-b-c", "-" => "+"), " ", replace("a-b-c", '-' => "", count=1), " ", split("a,b,,c", ","), " ", rsplit("a.b.c", '.'; limit=2))
    println(chop("abc"), " ", chomp("x\n"), " ", first("héllo", 2), " ", last("héllo", 4), " ", reverse("héllo"), " ", occursin("ell", "hello"))
    println([c for c in "añb" if isascii(c)], " ", codeunits("añ"), " ", ncodeunits("añb"), " ", length("añb"))
    println(string(255, base=16), " ", string(5, base=2, pad=8), " ", parse(Int, "ff", base=16), " ", bitstring(Int8(-3)))
end
