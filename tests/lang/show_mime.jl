# `MIME` values, and `show` by the name of a medium.
struct Page end
Base.show(io::IO, ::MIME"text/html", ::Page) = print(io, "<p>")
Base.show(io::IO, ::MIME"text/plain", ::Page) = print(io, "plain page")
show(stdout, MIME("text/html"), Page()); println()
show(stdout, "text/plain", Page()); println()
println(MIME("text/html"), " ", MIME"text/plain"() == MIME("text/plain"), " ", typeof(MIME("image/png")), " ", istextmime("text/html"))
println(Page(), " ", repr("text/html", Page()))
