# What a call that finds no method prints: the call, and the methods that come closest.

function showerror(io, e::MethodError)
    f, args, keywords = e.f, e.args, NamedTuple()
    types = args isa Tuple ? typesof(args) : getfield(args, :parameters)
    if ambiguous_candidates(f, types, e.world) !== nothing
        return show_ambiguity(io, f, types, ambiguous_candidates(f, types, e.world))
    end
    if f === Core.kwcall && args isa Tuple && length(args) >= 2
        f, args, keywords = args[2], args[3:end], args[1]
        types = typesof(args)
    end
    print(io, "MethodError: ")
    if f === convert && length(types) == 2
        show_no_conversion(io, types)
    elseif f isa DataType && isabstracttype(f) && isempty(methods(f))
        print(io, "no constructors have been defined for ", f)
    elseif !(f isa Function) && !(f isa Type) && isempty(methods(f))
        print(io, "objects of type ", typeof(f), " are not callable")
    else
        print(io, args isa Tuple ? "no method matching " : "no method matching invoke ")
        show_callee(io, Core.Typeof(f))
        show_types(io, types, keywords)
    end
    show_advice(io, f, types)
    if e.world != 0xffffffffffffffff && keywords === NamedTuple() && is_too_new(f, types, e.world)
        print(io, "\nThe applicable method may be too new: running in world age ", e.world, ", while current world is ",
              get_world_counter(), ".")
    end
    show_candidates(io, f, types, keywords, e.world)
end

# The types of arguments as dispatch sees them.
function typesof(args)
    types = Any[]
    for x in args
        push!(types, Core.Typeof(x))
    end
    return types
end

function is_too_new(f, types, world)
    signature = Tuple{Core.Typeof(f), types...}
    Core._which(signature, get_world_counter()) isa Method && !(Core._which(signature, world) isa Method)
end

# `(::Int64, ::String; key::Bool)`.
function show_types(io, types, keywords, whole = Tuple)
    print(io, "(")
    for i in 1:length(types)
        i > 1 && print(io, ", ")
        print(io, "::", type_word(types[i], whole))
    end
    for i in 1:length(keywords)
        print(io, i > 1 ? ", " : "; ", keys(keywords)[i], "::", typeof(keywords[i]))
    end
    print(io, ")")
end

function show_no_conversion(io, types)
    T = types[1]
    if !(T <: Type && T isa DataType)
        return print(io, "First argument to `convert` must be a Type, got a value of type ", T)
    end
    to, from = getfield(T, :parameters)[1], types[2]
    # Types of one name are told apart better one below the other.
    apart = to isa DataType && from isa DataType && getfield(to, :name) !== getfield(from, :name) ? " " : "\n  "
    print(io, "Cannot `convert` an object of type", apart, from, apart == " " ? " " : " ", "to an object of type", apart, to)
end

function show_advice(io, f, types)
    if (f === (+) || f === (-)) && length(types) == 2 && types[1] isa Type && types[2] isa Type
        pairs = ((types[1], types[2], "array", "scalar"), (types[2], types[1], "scalar", "array"))
        for (array, scalar, first, second) in pairs
            if array <: AbstractArray{<:Number} && scalar <: Number
                print(io, "\nFor element-wise ", f === (+) ? "addition" : "subtraction",
                      ", use broadcasting with dot syntax: ", first, " .", f, " ", second)
                break
            end
        end
    end
    f isa AbstractArray && print(io, "\nUse square brackets [] for indexing an Array.")
    if f isa Function && is_named_function(typeof(f)) && Core._parentmodule(typeof(f)) !== Base
        name = function_symbol(typeof(f))
        if Core._isdefinedglobal(Base, name)
            ours = Core.getglobal(Base, name)
            ours !== f && hasmethod(ours, Tuple{types...}) && print(io, "\nYou may have intended to import Base.", name)
        end
    end
end

# The methods a call matches equally well; `nothing` if it is not ambiguous.
function ambiguous_candidates(f, types, world)
    signature = Tuple{Core.Typeof(f), types...}
    world = min(world, get_world_counter())
    Core._which(signature, world) === false || return nothing
    found = filter(m -> signature <: m.sig, matching_methods(signature, world))
    # Of those that match, the ones with nothing more specific.
    return reverse(filter(m -> !any(other -> other !== m && morespecific(other, m), found), found))
end

function show_ambiguity(io, f, types, candidates)
    print(io, "MethodError: ")
    show_callee(io, Core.Typeof(f))
    show_types(io, types, NamedTuple())
    print(io, " is ambiguous.\n\nCandidates:\n")
    common = Any
    for m in candidates
        print(io, "  ")
        show_signature(io, m)
        print(io, "\n    @ ", m.module, " ", place(m), "\n")
        common = typeintersect(m.sig, common)
    end
    if unwrap_unionall(common) isa DataType && common <: Tuple && all(m -> Core._morespecific(common, m.sig), candidates)
        print(io, "\nPossible fix, define\n  ")
        parameters = getfield(unwrap_unionall(common), :parameters)
        show_callee(io, parameters[1], common)
        show_types(io, Any[parameters[i] for i in 2:length(parameters)], NamedTuple(), common)
        show_variables(io, common)
    else
        print(io, "To resolve the ambiguity, try making one of the methods more specific, or ",
              "adding a new method more specific than any of the existing applicable methods.")
    end
end

# A method beside a call: its text, and how many arguments it agrees with.
struct Candidate
    text::String
    matches::Int64
end

function show_candidates(io, f, types, keywords, world)
    found = Candidate[]
    # Of these only methods that agree in the first argument are of interest.
    picky = f === convert || f === getindex || f === setindex!
    for m in methods(f)
        candidate = as_candidate(m, types, keywords, world, picky)
        candidate === nothing || push!(found, candidate)
    end
    isempty(found) && return nothing
    print(io, "\n\nClosest candidates are:")
    best = sort(found, by=c -> -c.matches)
    for i in 1:min(3, length(best))
        print(io, "\n", best[i].text)
    end
    length(best) > 3 && print(io, "\n  ...")
    print(io, "\n")
end

is_rest(T) = T isa Core.TypeofVararg
rest_element(T) = isdefined(T, :T) ? getfield(T, :T) : Any

function as_candidate(m, types, keywords, world, picky)
    declared = getfield(unwrap_unionall(m.sig), :parameters)
    n_declared, n_given = length(declared) - 1, length(types)
    io = IOBuffer()
    print(io, "  ")
    show_callee(io, declared[1], m.sig)
    print(io, "(")
    # The argument types, those that fit no method replaced by the method's, so that one misfit does not spoil the rest.
    fitted = copy(types)
    matches = 0
    for i in 1:min(n_given, n_declared)
        i > 1 && print(io, ", ")
        rest = is_rest(declared[i + 1])
        upto = rest ? length(fitted) : i
        wanted = rewrap_unionall(Tuple{Any[declared[k + 1] for k in 1:i]...}, m.sig)
        given = rewrap_unionall(Tuple{Any[fitted[k] for k in 1:upto]...}, m.sig)
        fits = typeintersect(wanted, given) !== Union{}
        !fits && picky && i == 1 && return nothing
        show_declared(io, declared[i + 1], fits, m.sig)
        if fits
            matches += upto == i ? 1 : 0
        else
            fitted[i] = declared[i + 1]
        end
    end
    picky && matches == 0 && return nothing
    matches += surplus_matches(m, declared, types, fitted)
    matches > 0 || n_given < 2 || return nothing
    for i in (length(fitted) + 1):n_declared
        i > 1 && print(io, ", ")
        if i == length(fitted) + 1 && is_rest(declared[i + 1])
            # Nothing stands against a rest that takes no argument.
            print(io, type_word(rest_element(declared[i + 1]), m.sig), "...")
        else
            show_declared(io, declared[i + 1], false, m.sig)
        end
    end
    known = kwarg_decl(m)
    for i in 1:length(known)
        print(io, i > 1 ? ", " : "; ", known[i])
    end
    print(io, ")")
    show_variables(io, m.sig)
    show_misfits(io, m, known, keywords, world)
    print(io, "\n   @ ", m.module, " ", place(m))
    return Candidate(take_string!(io), matches)
end

function show_declared(io, T, fits, whole)
    fits || print(io, "!Matched")
    print(io, "::", type_word(is_rest(T) ? rest_element(T) : T, whole), is_rest(T) ? "..." : "")
end

# Arguments that a last, open parameter takes.
function surplus_matches(m, declared, types, fitted)
    n = length(declared) - 1
    n > 0 && length(fitted) > n && is_rest(declared[n + 1]) || return 0
    element = rewrap_unionall(rest_element(declared[n + 1]), m.sig)
    return count(i -> types[i] <: element, n:length(types))
end

function show_misfits(io, m, known, keywords, world)
    unknown = takes_any(known) ? Symbol[] : [k for k in keys(keywords) if !(k in known)]
    if !isempty(unknown)
        print(io, " got unsupported keyword argument", length(unknown) > 1 ? "s" : "", " \"", join(unknown, "\", \""), "\"")
    end
    first, last = Core._method_worlds(m)
    if world < first
        print(io, " (method too new to be called from this world context.)")
    elseif world > last && world != 0xffffffffffffffff
        print(io, " (method deleted before this world age.)")
    end
end
