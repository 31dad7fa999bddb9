# `==` and `hash` of a type come later, and dictionaries made before and after answer by them.
struct Name
    text::String
    id::Int64
end
function counts(names)
    seen = Dict{Name,Int64}()
    for name in names
        seen[name] = get(seen, name, 0) + 1
    end
    return sort(collect(values(seen)))
end
const people = [Name("ann", 1), Name("bob", 2), Name("ann", 3), Name("ann", 1)]
report() = (counts(people), Name("ann", 9) in people, length(unique(people)), length(Set(people)), findfirst(isequal(Name("bob", 0)), people))

function (@main)(args)
    println(report())
    return 0
end
