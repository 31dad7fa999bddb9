# Macros that use macros, recursion, macros that define macros and types.
macro inner(x) :($(esc(x)) + 1) end
macro outer(x) :(@inner($(esc(x))) * 2) end
println(@outer 4)
macro fact(n) n <= 1 ? 1 : :($n * @fact $(n - 1)) end
println(@fact 5)
macro defmacro(name, val)
    esc(:(macro $name() $val end))
end
@defmacro seven 7
println(@seven)
macro chain(x, fs...)
    foldl((acc, f) -> :($f($acc)), fs; init = x) |> esc
end
println(@chain 16.0 sqrt sqrt string)
macro block(ex)
    @assert ex.head === :block
    stmts = filter(a -> !(a isa LineNumberNode), ex.args)
    length(stmts)
end
println(@block begin
    a
    b
    c
end)
macro showargs(args...)
    map(args) do a
        string(typeof(a))
    end |> collect
end
println(@showargs a b+c "s" 1.5 :d [1,2])
macro sum_all(args...) Expr(:call, :+, map(esc, args)...) end
println(@sum_all 1 2 3 4)
macro unroll(n, body)
    Expr(:block, [:(let i = $i; $body end) for i in 1:n]...) |> esc
end
acc = Int[]
@unroll 3 push!(acc, i)
println(acc)
