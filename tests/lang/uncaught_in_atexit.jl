# Functions given to atexit run last one first, also after an uncaught exception.
atexit(() -> println("first registered"))
atexit() do
    println("second registered")
    atexit(() -> println("registered by a hook"))
end
error("ends here")
