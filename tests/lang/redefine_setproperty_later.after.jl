main(String[])
Base.getproperty(t::Celsius, name::Symbol) = name === :fahrenheit ? getfield(t, :degrees) * 9 / 5 + 32 : getfield(t, name)
main(String[])
Base.propertynames(t::Celsius) = (:degrees, :fahrenheit)
main(String[])
Base.setproperty!(t::Celsius, name::Symbol, v) = setfield!(t, name, min(v, 15.0))
main(String[])
Base.getproperty(t::Celsius, name::Symbol) = getfield(t, :degrees) - 1
main(String[])
