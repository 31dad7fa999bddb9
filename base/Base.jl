# The base library: what every program sees without asking. Each file is one theme; later files use earlier ones.
# Only what lies in `Core` (types, built-in functions, intrinsics) comes from the run-time system.

module Base

include("exports.jl")
include("constructors.jl")
include("essentials.jl")
include("promotion.jl")
include("operators.jl")
include("integers.jl")
include("floats.jl")
include("math.jl")
include("numbers.jl")
include("characters.jl")
include("tuples.jl")
include("reflection.jl")
include("errors.jl")
include("ranges.jl")
include("arrays.jl")
include("iterators.jl")
include("namedtuples.jl")
include("reductions.jl")
include("hashing.jl")
include("dict.jl")
include("sets.jl")
include("sorting.jl")
include("broadcast.jl")
include("matrices.jl")
include("strings.jl")
include("substrings.jl")
include("search.jl")
include("io.jl")
include("show.jl")
include("missing.jl")
include("parse.jl")

end
