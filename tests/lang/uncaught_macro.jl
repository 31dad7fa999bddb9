# An exception inside a macro is reported with the place of its call.
macro fails(x)
    error("cannot expand ", x)
end
println("before")
f(y) = @fails y
