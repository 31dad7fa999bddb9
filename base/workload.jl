# What most programs do: run when the system image is built, so that the code for it is in the image.

function numbers()
    println(1, " ", 2.5, " ", true, " ", 'c', " ", :s, " ", nothing)
    println(string(1), string(2.5), string(1, "a", 2.5, 'c'))
    println("text")
    println(3)
    println(2.5)
    println(5 ÷ 2, " ", 5 % 3, " ", 2^10, " ", sqrt(2.0), " ", 7 / 2, " ", div(7, 2), " ", mod(-7, 3))
    println(parse(Int64, "42"), " ", parse(Float64, "2.5"))
    println(max(1, 2), " ", min(1.5, 0.5), " ", abs(-3))
end

function collections()
    v = Int64[]
    for i in 1:10
        push!(v, i)
    end
    println(v, " ", length(v), " ", sum(v))
    println([1.5, 2.5], " ", ["a", "b"], " ", (1, "two", '3'))
    f = Float64[]
    push!(f, 1.0)
    names = String[]
    push!(names, "x")
    println(join(names, ", "), " ", 1:3, " ", collect(1:3))
end

function texts()
    s = ""
    for c in "Grüße"
        s = string(c, s)
    end
    println(s, " ", length(s), " ", s * "!", " ", uppercase("abc"), " ", "a" == "b", " ", "a" < "b")
end

function printed_forms()
    for x in Any[[1, 2], [1.5], ["a"], Any[1, "a"], Dict("a" => 1), (1, "a"), :(f(x) = a + b[1]), [1 2; 3 4], Set([1])]
        println(x, " ", repr(x))
        show(stdout, MIME("text/plain"), x)
        println()
    end
    println(sprint(show, 1.5), " ", 1 => 2, " ", (a = 1, b = "c"))
end

function exceptions()
    try
        error("expected")
    catch e
        println(e isa ErrorException, " ", e.msg)
    end
    try
        [1, 2][3]
    catch e
        println(typeof(e))
    end
end

numbers()
collections()
texts()
printed_forms()
exceptions()
