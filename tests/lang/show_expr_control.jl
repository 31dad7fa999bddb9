# Control flow takes several lines.
for x in [:(if a; b; end), :(if a; b; else; c; end), :(if a; b; elseif c; d; else; e; end), :(a ? b : c), :(a ? b : c ? d : e),
          :(for i in 1:3; println(i); end), :(for i in a, j in b; x; end), :(for (a, b) in c; end), :(while a && b; break; end),
          :(try; a; catch e; b; finally; c; end), :(try; a; catch; b; end), :(try; a; finally; b; end), :(let x = 1, y; x; end),
          :(begin; a; b; end), :(a && return), :(a || throw(b)), :(x = if a; b; else; c; end), :(f(if a; b; end)), :(continue)]
    println(Base.remove_linenums!(x))
end
