# prints at top level
# `(@main)` is called with the arguments after the top level has run.
function (@main)(args)
    println("main with ", length(args), " arguments")
    return 0
end
println("top level")
