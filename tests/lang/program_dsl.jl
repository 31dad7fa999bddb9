# Macros as small languages: unit tests, a state table, pipes with a hole, contracts, a while-until loop, HTML by nesting.
macro until(condition, body)
    quote
        while true
            $(esc(body))
            $(esc(condition)) && break
        end
    end
end

macro pipe(first, steps...)
    fill_hole(x::Symbol, v) = x === :_ ? v : x
    fill_hole(x, v) = x
    fill_hole(x::Expr, v) = Expr(x.head, map(a -> fill_hole(a, v), x.args)...)
    has_hole(x) = x === :_ || (x isa Expr && any(has_hole, x.args))
    return esc(foldl((v, step) -> has_hole(step) ? fill_hole(step, v) : :($step($v)), steps; init=first))
end

macro table(name, block)
    rows = Expr(:tuple)
    for line in block.args
        line isa LineNumberNode && continue
        Meta.isexpr(line, :call) && line.args[1] === :(=>) || error("expected a => b, got $line")
        push!(rows.args, :($(QuoteNode(line.args[2])) => $(esc(line.args[3]))))
    end
    return :($(esc(name)) = Dict($rows...))
end

macro contract(definition)
    signature, body = definition.args
    pre, post, rest = Any[], Any[], Any[]
    for x in body.args
        if Meta.isexpr(x, :macrocall) && x.args[1] === Symbol("@requires")
            push!(pre, x.args[end])
        elseif Meta.isexpr(x, :macrocall) && x.args[1] === Symbol("@ensures")
            push!(post, x.args[end])
        else
            push!(rest, x)
        end
    end
    checks(list, kind) = [:($(esc(c)) || throw(ArgumentError($("$kind violated: $c")))) for c in list]
    result = esc(:result)
    return Expr(:function, esc(signature), quote
        $(checks(pre, "requirement")...)
        $result = let
            $(map(esc, rest)...)
        end
        $(checks(post, "promise")...)
        $result
    end)
end

macro html(ex)
    build(x) = :(string($(esc(x))))
    function build(x::Expr)
        if x.head === :call && x.args[1] isa Symbol && Base.isidentifier(x.args[1])
            tag, attributes, children = x.args[1], "", Any[]
            for a in x.args[2:end]
                if Meta.isexpr(a, :kw)
                    attributes *= " $(a.args[1])=\"$(a.args[2])\""
                else
                    push!(children, build(a))
                end
            end
            return :(string($("<$tag$attributes>"), $(children...), $("</$tag>")))
        elseif x.head === :$
            return esc(x.args[1])
        end
        return :(string($(esc(x))))
    end
    return build(ex)
end

macro swap(a, b)
    :(($(esc(a)), $(esc(b))) = ($(esc(b)), $(esc(a))))
end

macro counted(ex)
    counter = gensym("calls")
    name = ex.args[1].args[1]
    args = ex.args[1].args[2:end]
    inner = gensym(name)
    quote
        const $(esc(counter)) = Ref(0)
        $(esc(Expr(:function, Expr(:call, inner, args...), ex.args[2])))
        function $(esc(name))($(map(esc, args)...))
            $(esc(counter))[] += 1
            $(esc(inner))($(map(esc, args)...))
        end
        $(esc(Symbol(name, :_calls)))() = $(esc(counter))[]
    end
end

@counted fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

@contract function root(x)
    @requires x >= 0
    @requires isfinite(x)
    @ensures abs(result^2 - x) < 1e-6
    x == 42 && (x = 41)
    sqrt(x)
end

@table prices begin
    apple => 1.5
    pear => 2 * 1.1
    plum => sum([0.1, 0.2])
end

macro showall(exs...)
    Expr(:block, [:(println($(string(ex)), " = ", repr($(esc(ex))))) for ex in exs]...)
end

macro unroll(n::Int, loop)
    variable, body = loop.args[1].args[1], loop.args[2]
    replace_in(x) = x === variable ? :i : x
    Expr(:block, [Expr(:let, :($(esc(variable)) = $i), esc(body)) for i in 1:n]...)
end

function (@main)(args)
    i = 0
    @until i >= 3 begin
        i += 1
        print(i, ' ')
    end
    println()
    println(@pipe [3, 1, 2] sort map(x -> x^2, _) sum(_) string("total ", _))
    println(sort(collect(prices); by=first))
    println(root(16), " ", fib(15), " ", fib_calls())
    for bad in (-1, Inf, 42)
        try
            println(root(bad))
        catch e
            println(e)
        end
    end
    who = "World"
    println(@html div(class="box", h1("Hello ", $who), p($(uppercase(who)), 1 + 1)))
    a, b = 1, [2]
    @swap a b
    v = [1, 2, 3]
    @swap v[1] v[3]
    @showall a b v[1:2] a[1] + b
    @unroll 3 for k in _
        print(k, ":", k^2, " ")
    end
    println()
    ex = @macroexpand @swap x y
    println(Base.remove_linenums!(ex))
    println(@macroexpand(@until done work()) isa Expr)
    try
        @eval @table bad begin
            1 + 1
        end
    catch e
        println(e isa LoadError ? e.error : e)
    end
    return 0
end
