# An exception in `__init__` that nobody catches: what is printed, and where it was.

module Broken
function helper(x)
    error("cannot start with $x")
end
__init__() = helper(3)
end
