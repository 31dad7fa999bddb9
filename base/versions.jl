# Version numbers: `v"1.10.2-rc1+build"`, their order, and the version of the language this is.

export VersionNumber, @v_str, VERSION

struct VersionNumber
    major::UInt32
    minor::UInt32
    patch::UInt32
    prerelease::Tuple
    build::Tuple
end
function VersionNumber(major::Integer, minor::Integer=0, patch::Integer=0, prerelease::Tuple=(), build::Tuple=())
    min(major, minor, patch) >= 0 || throw(ArgumentError("invalid negative version component"))
    return Core._new(VersionNumber, UInt32(major), UInt32(minor), UInt32(patch), prerelease, build)
end
function VersionNumber(text::AbstractString)
    v = tryparse(VersionNumber, text)
    v === nothing && throw(ArgumentError(string("invalid version string: ", text)))
    return v
end
VersionNumber(v::VersionNumber) = v
parse(::Type{VersionNumber}, text::AbstractString) = VersionNumber(text)

function tryparse(::Type{VersionNumber}, text::AbstractString)
    rest = startswith(text, "v") ? chop(text; head=1, tail=0) : text
    head, build = cut(rest, '+')
    numbers, prerelease = cut(head, '-')
    parts = map(part -> tryparse(Int64, part), split(numbers, '.'))
    1 <= length(parts) <= 3 && all(n -> n isa Int64 && n >= 0, parts) || return nothing
    while length(parts) < 3
        push!(parts, 0)
    end
    return VersionNumber(parts[1], parts[2], parts[3], identifiers(prerelease), identifiers(build))
end
function cut(text, mark)
    at = findfirst(isequal(mark), text)
    at === nothing && return text, nothing
    return text[1:prevind(text, at)], text[nextind(text, at):lastindex(text)]
end
identifiers(::Nothing) = ()
function identifiers(text)
    isempty(text) && return ("",)
    return Tuple(map(part -> isempty(part) || !all(isdigit, part) ? String(part) : parse(UInt64, part), split(text, '.')))
end

macro v_str(text)
    return VersionNumber(text)
end

function print(io::IO, v::VersionNumber)
    print(io, v.major, ".", v.minor, ".", v.patch)
    isempty(v.prerelease) || print(io, "-", join(v.prerelease, "."))
    isempty(v.build) || print(io, "+", join(v.build, "."))
end
show(io::IO, v::VersionNumber) = print(io, "v\"", string(v), "\"")

==(a::VersionNumber, b::VersionNumber) = compared(a, b) == 0
isless(a::VersionNumber, b::VersionNumber) = compared(a, b) < 0
hash(v::VersionNumber, h::UInt64) = hash((v.major, v.minor, v.patch, v.prerelease, v.build), h + 0x8ff4ffdb75f9fede)

# -1, 0 or 1. What comes before a release is smaller than it, what was built from it greater.
function compared(a, b)
    for field in (:major, :minor, :patch)
        c = cmp(getfield(a, field), getfield(b, field))
        c == 0 || return c
    end
    isempty(a.prerelease) != isempty(b.prerelease) && return isempty(a.prerelease) ? 1 : -1
    c = compared_identifiers(a.prerelease, b.prerelease)
    return c == 0 ? compared_identifiers(a.build, b.build) : c
end
function compared_identifiers(a, b)
    for (x, y) in zip(a, b)
        # The empty one is the smallest, then numbers, then words.
        x == y && continue
        x == "" && return -1
        y == "" && return 1
        typeof(x) === typeof(y) && return cmp(x, y)
        return x isa UInt64 ? -1 : 1
    end
    return cmp(length(a), length(b))
end

const VERSION = v"1.10.0"
