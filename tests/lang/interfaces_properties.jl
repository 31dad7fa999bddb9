# getproperty and setproperty!, computed and forwarded; dispatch on property names; property destructuring.
struct Circle
    r::Float64
end
Base.getproperty(c::Circle, s::Symbol) = s === :area ? 3 * getfield(c, :r)^2 : s === :diameter ? 2c.r : getfield(c, s)
Base.propertynames(::Circle) = (:r, :area, :diameter)
c = Circle(2)
println(c.r, c.area, c.diameter, propertynames(c), hasproperty(c, :area), hasproperty(c, :nope))
mutable struct Temp
    celsius::Float64
end
Base.getproperty(t::Temp, s::Symbol) = _get(t, Val(s))
_get(t, ::Val{:celsius}) = getfield(t, :celsius)
_get(t, ::Val{:fahrenheit}) = t.celsius * 9 / 5 + 32
Base.setproperty!(t::Temp, s::Symbol, v) = s === :fahrenheit ? setfield!(t, :celsius, (v - 32) * 5 / 9) : setfield!(t, s, Float64(v))
t = Temp(0)
t.fahrenheit = 212
println(t.celsius)
t.celsius += 50
t.fahrenheit -= 18
println(round(t.celsius), t.fahrenheit)
struct Wrapper
    inner::Dict{Symbol,Any}
end
Base.getproperty(w::Wrapper, s::Symbol) = getfield(w, :inner)[s]
Base.setproperty!(w::Wrapper, s::Symbol, v) = (getfield(w, :inner)[s] = v)
w = Wrapper(Dict{Symbol,Any}())
w.list = [1, 2]
push!(w.list, 3)
w.list[1] += 10
w.list .*= 2
w.nested = Wrapper(Dict{Symbol,Any}(:a => 1))
w.nested.a += 1
println(w.list, w.nested.a, w.list[end])
f = :list
println(getproperty(w, f), getproperty((a = 1,), :a), (x -> x.a)((a = 5,)), map(p -> p.a, [(a = 1,), (a = 2,)]))
try
    w.none
catch e
    println(typeof(e))
end
