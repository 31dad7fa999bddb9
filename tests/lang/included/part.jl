# Evaluated by `include_file.jl`, twice.
const PART = "part"
from_part(x) = 2x
