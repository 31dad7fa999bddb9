# `finally` runs before an uncaught exception is reported.
try
    error("boom")
finally
    println("cleaned up")
end
