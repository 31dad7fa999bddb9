# `missing`: a value that is not known. Operations on it give `missing`.

struct Missing end
const missing = Missing()

ismissing(x) = x === missing
# A type without `missing` among its values.
nonmissingtype(::Type{Union{T,Missing}}) where {T} = T
nonmissingtype(::Type{Missing}) = Union{}
nonmissingtype(::Type{Any}) = Any
nonmissingtype(::Type{T}) where {T} = T
coalesce() = missing
coalesce(x, rest...) = x
coalesce(::Missing, rest...) = coalesce(rest...)
show(io::IO, ::Missing) = print(io, "missing")
promote_rule(::Type{Missing}, ::Type{T}) where {T} = T === Any ? Any : Union{Missing,T}

==(::Missing, ::Missing) = missing
==(::Missing, x) = missing
==(x, ::Missing) = missing
isequal(::Missing, ::Missing) = true
isequal(::Missing, x) = false
isequal(x, ::Missing) = false
<(::Missing, ::Missing) = missing
<(::Missing, x) = missing
<(x, ::Missing) = missing
isless(::Missing, ::Missing) = false
isless(::Missing, x) = false
isless(x, ::Missing) = true
!(::Missing) = missing
+(::Missing, ::Missing) = missing
+(::Missing, x::Number) = missing
+(x::Number, ::Missing) = missing
-(::Missing, ::Missing) = missing
-(::Missing, x::Number) = missing
-(x::Number, ::Missing) = missing
-(::Missing) = missing
*(::Missing, ::Missing) = missing
*(::Missing, x::Number) = missing
*(x::Number, ::Missing) = missing
/(::Missing, ::Missing) = missing
/(::Missing, x::Number) = missing
/(x::Number, ::Missing) = missing
