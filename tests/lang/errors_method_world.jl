# A method that is too new for the running function.
function early()
    eval(:(fresh(x::Int64) = x))
    try
        fresh(1)
    catch e
        text = sprint(showerror, e)
        lines = split(text, "\n")
        println(lines[1])
        println(startswith(lines[2], "The applicable method may be too new: running in world age "), " ",
                occursin("while current world is", lines[2]))
        println(occursin("(method too new to be called from this world context.)", text))
    end
end
early()
println(fresh(2))
