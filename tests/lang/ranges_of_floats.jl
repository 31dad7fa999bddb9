# Ranges of floats: elements are the floats nearest to the exact values; parts, scaled, moved and turned ranges too.

function (@main)(args)
    for (a,s,b) in [(0.0,0.1,1.0),(1.0,-0.3,0.0),(0.7,0.1,1.3),(0.1,0.1,0.3),(-1.0,0.01,1.0),(1/3,0.1,2.0),(0.0,pi/7,10.0),(1e10,0.1,1e10+1),(5.0,1.0,4.0),(1.0,1.0,1.0),(0.0,1e-8,1e-7),(-3.3,1.1,3.3),(1e300,1e299,2e300), (0.0, -0.5, -3.2)]
        r = a:s:b
        println(r, " ", length(r), " ", collect(r)[1:min(end,30)], " ", sum(r), " ", step(r))
        isempty(r) || println(reverse(r), collect(reverse(r))[1:min(end,5)], -r, r .+ 0.5, r .* 3, r ./ 7, r[2:end][1:min(end,3)], r[end:-2:1])
    end
    for (a,b,n) in [(0.0,1.0,11),(0,1,4),(-1,1,7),(0.1,0.7,5),(-pi,pi,5),(0.25,7/8,6),(-1e-3,1e3,4),(0,0,3),(2.5,2.5,1),(1,10,10), (-0.3,0.9,13)]
        r = range(a, stop=b, length=n)
        println(r, " ", collect(r), " ", length(r), " ", sum(r))
        l = LinRange(a, b, n)
        println(collect(l), step(l), first(l), last(l), n > 2 ? collect(l[2:3]) : 0)
    end
    for (a,s,n) in [(0.0,0.1,4),(1,0.25,3),(pi,0.1,3),(1.5,-1,4)]
        r = range(a, step=s, length=n)
        println(r, " ", collect(r))
    end
    println(collect(0.1f0:0.1f0:0.5f0), collect(Float16(0.1):Float16(0.1):Float16(0.4)), 0.1f0:0.1f0:0.5f0, " ", sum(0.1f0:0.1f0:0.5f0))
    println(collect(range(0f0, stop=1f0, length=4)), collect(range(Float16(0), stop=Float16(1), length=4)))
    println(0.3 in 0:0.1:1, " ", findfirst(==(0.3), 0:0.1:1), " ", searchsortedfirst(0:0.1:1, 0.35))
    println((0:0.1:1) + (0:0.2:2), (0:0.1:1) - (0:0.3:3), (0:0.1:0.4) + (1:5), (1:3) / 3, (1:3) * 0.1, -(0:0.25:1))
    println((0:0.1:1) == (0:0.1:1), hash(0:0.1:1) == hash(collect(0:0.1:1)), extrema(0:0.1:1), issorted(1:-0.1:0), 2 * (0:0.1:1))
    println(collect(2:0.5:4), [x^2 for x in 0:0.25:1], isempty(1:0.1:0), length(1:0.1:0), 1:0.1:0)
    try 0:0.0:1 catch e println(e) end
    try range(0.0, stop=1.0, length=1) catch e println(e) end
    try (0:0.1:1)[12] catch e println(typeof(e)) end
    println(typeof(0:0.1:1), " ", typeof(0.1f0:0.1f0:1f0), " ", LinRange(0, 1, 5), " ", typeof(LinRange(0, 1, 5)))
    println(StepRangeLen(1, 2, 3), " ", collect(StepRangeLen(1//2, 1//3, 3)), " ", range(1, step = 1//2, length = 3))
    return 0
end
