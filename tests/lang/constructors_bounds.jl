# A parameter that only the bound of another one mentions is found through that one: the outer constructor is there.
struct Wrapper{T,V<:AbstractVector{T}}
    v::V
end
struct Named{K,V,D<:AbstractDict{K,V}}
    name::String
    d::D
end
struct Unused{T}
    x::Int
end
println(Wrapper([1, 2]))
println(Wrapper(1.0:2.0) isa Wrapper{Float64})
println(typeof(Named("a", Dict("x" => 1))))
println(Unused{String}(1))
for call in (() -> Wrapper(3), () -> Unused(1), () -> Wrapper{String,Vector{Int}}([1]))
    try
        call()
        println("made")
    catch err
        println(typeof(err))
    end
end
struct OfReal{T<:Real}
    x::T
end
for make in (() -> OfReal{String}, () -> Wrapper{Int,Vector{String}}, () -> OfReal{Union{}} )
    try
        println(make())
    catch err
        showerror(stdout, err)
        println()
    end
end
