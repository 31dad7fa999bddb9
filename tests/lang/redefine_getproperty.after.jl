main(String[])
Base.getproperty(a::Account, name::Symbol) = name === :owner ? uppercase(getfield(a, :owner)) : getfield(a, name)
main(String[])
Base.setproperty!(a::Account, name::Symbol, v) = setfield!(a, name, 2v)
