# Imported under another name.
module M
export shown
shown() = "shown"
hidden() = "hidden"
module Deep
value = 7
end
end
using .M: hidden as secret
import .M.shown as visible
import .M.Deep as D
println(secret(), " ", visible(), " ", D.value, " ", @isdefined(hidden))
