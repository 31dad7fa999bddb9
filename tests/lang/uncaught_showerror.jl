# A program's own exceptions say what they want.
struct Quota <: Exception
    used::Int64
end
Base.showerror(io::IO, e::Quota) = print(io, "Quota: ", e.used, " of 10 used")
try
    throw(Quota(3))
catch e
    println(sprint(showerror, e))
end
throw(Quota(11))
