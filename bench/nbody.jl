# The n-body problem: the outer planets around the sun, 5,000,000 steps of a symplectic integrator.

mutable struct Body
    x::Float64
    y::Float64
    z::Float64
    vx::Float64
    vy::Float64
    vz::Float64
    mass::Float64
end

const SOLAR_MASS = 4.0 * 3.141592653589793 * 3.141592653589793
const DAYS_PER_YEAR = 365.24

function planet(x, y, z, vx, vy, vz, mass)
    return Body(x, y, z, vx * DAYS_PER_YEAR, vy * DAYS_PER_YEAR, vz * DAYS_PER_YEAR, mass * SOLAR_MASS)
end

function solar_system()
    return [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS),
        planet(4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01,
               1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05, 9.54791938424326609e-04),
        planet(8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01,
               -2.76742510726411899e-03, 4.99852801234917238e-03, 2.30417297573763929e-05, 2.85885980666130812e-04),
        planet(1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01,
               2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05, 4.36624404335156298e-05),
        planet(1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01,
               2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05, 5.15138902046611451e-05),
    ]
end

function offset_momentum!(bodies)
    px = 0.0
    py = 0.0
    pz = 0.0
    for body in bodies
        px += body.vx * body.mass
        py += body.vy * body.mass
        pz += body.vz * body.mass
    end
    sun = bodies[1]
    sun.vx = -px / SOLAR_MASS
    sun.vy = -py / SOLAR_MASS
    sun.vz = -pz / SOLAR_MASS
    return nothing
end

function advance!(bodies, dt)
    n = length(bodies)
    for i in 1:n
        a = bodies[i]
        for j in (i + 1):n
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            distance2 = dx * dx + dy * dy + dz * dz
            mag = dt / (distance2 * sqrt(distance2))
            a.vx -= dx * b.mass * mag
            a.vy -= dy * b.mass * mag
            a.vz -= dz * b.mass * mag
            b.vx += dx * a.mass * mag
            b.vy += dy * a.mass * mag
            b.vz += dz * a.mass * mag
        end
    end
    for body in bodies
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz
    end
    return nothing
end

function energy(bodies)
    e = 0.0
    n = length(bodies)
    for i in 1:n
        a = bodies[i]
        e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
        for j in (i + 1):n
            b = bodies[j]
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            e -= (a.mass * b.mass) / sqrt(dx * dx + dy * dy + dz * dz)
        end
    end
    return e
end

function advance_all!(bodies, steps)
    for step in 1:steps
        advance!(bodies, 0.01)
    end
    return nothing
end

function (@main)(args)
    bodies = solar_system()
    offset_momentum!(bodies)
    advance_all!(bodies, 1)
    start = time_ns()
    advance_all!(bodies, 5000000)
    elapsed = time_ns() - start
    println(energy(bodies))
    println(elapsed)
    return 0
end
