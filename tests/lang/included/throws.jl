# Included by a program that shows what an exception in here prints.
y = 1
throw(ArgumentError("from the included file"))
