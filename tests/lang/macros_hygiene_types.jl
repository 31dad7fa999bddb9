# Hygiene of types, methods, string macros of modules, labels and constants that macros make.
# types and methods
macro deftype(name, field)
    quote
        struct $(esc(name)){T} <: Number
            $field::T
            extra::Int
            function $(esc(name))(v::T) where {T}
                extra = 7
                new{T}(v, extra)
            end
        end
        Base.show(io::IO, s::$(esc(name))) = print(io, "<", s.$field, "/", s.extra, ">")
        Base.:+(a::$(esc(name)), b::$(esc(name))) = $(esc(name))(a.$field + b.$field)
    end
end
@deftype Box val
println(Box(1) + Box(2))
macro mutdef(name)
    esc(quote
        mutable struct $name
            n::Int
            $name() = new(0)
        end
        bump!(x::$name) = (x.n += 1; x)
    end)
end
@mutdef Counter
println(bump!(bump!(Counter())).n)
# types that the macro alone knows
module Shapes
export @circle, area
abstract type Shape end
struct Circle <: Shape
    r
end
area(c::Circle) = 3 * c.r^2
helper(x) = x + 1
macro circle(r)
    :(Circle(helper($(esc(r)))))
end
macro sh_str(s)
    :(string("sh:", helper(1), ":", $s))
end
macro sh_str(s, flag)
    :(string("sh:", $flag, ":", $s))
end
macro defarea(name)
    :($(esc(name))(s::Shape) = area(s) * 2)
end
end
using .Shapes
helper(x) = error("wrong helper")
r = 2
println(area(@circle r))
println(Shapes.sh"abc", " ", Shapes.sh"abc"z)
Shapes.@defarea twice
println(twice(Shapes.Circle(1)))
# labels
macro retry(n, e)
    quote
        tries = 0
        @label again
        tries += 1
        ok = $(esc(e))
        if !ok && tries < $(esc(n))
            @goto again
        end
        tries
    end
end
function two(v)
    tries = "mine"
    a = @retry 3 (v[] += 1; v[] > 1)
    b = @retry 5 (v[] += 1; v[] > 6)
    (a, b, tries)
end
println(two(Ref(0)))
# where clauses and type parameters
macro genf(name)
    quote
        function $(esc(name))(x::T, y::Vector{S}) where {T<:Real,S}
            (T, S)
        end
    end
end
T = "unrelated"
@genf types
println(types(1, ["a"]))
# interpolated function objects, types, modules
macro objs(x)
    :($(+)($(esc(x)), $(Int)(2)))
end
println(@objs 3)
# const and global function in results
macro consts(name)
    quote
        const $(esc(name)) = 42
        $(esc(:fn_of_macro))() = $(esc(name)) + 1
    end
end
@consts ANSWER
println(fn_of_macro())
macro hiddenfn()
    quote
        secret(n) = n <= 1 ? 1 : n * secret(n - 1)
        secret(5)
    end
end
println(@hiddenfn)
println(isdefined(Main, :secret))
