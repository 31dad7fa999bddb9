# Sorting, and searching in what is sorted. Sorts are stable: small pieces by insertion, the rest by merging.

# How two elements compare: `lt` of what `by` makes of them, turned round for `rev`.
struct Order{L,B}
    lt::L
    by::B
    rev::Bool
end
precedes(o::Order, a, b) = o.rev ? o.lt(o.by(b), o.by(a)) : o.lt(o.by(a), o.by(b))

# What `alg` may name. All are stable, so one way of sorting serves for each.
abstract type Algorithm end
struct InsertionSortAlg <: Algorithm end
struct QuickSortAlg <: Algorithm end
struct MergeSortAlg <: Algorithm end
const InsertionSort = InsertionSortAlg()
const QuickSort = QuickSortAlg()
const MergeSort = MergeSortAlg()

sort!(a::Array{T,1}; alg = MergeSort, lt = isless, by = identity, rev::Bool = false) where {T} = sort_with!(a, Order(lt, by, rev))
sort!(a::AbstractArray{T,1}; keywords...) where {T} = copyto!(a, sort(a; keywords...))
sort!(a::AbstractArray; dims::Integer, keywords...) = copyto!(a, sort(a; dims, keywords...))
function sort(a::AbstractArray{T,1}; alg = MergeSort, lt = isless, by = identity, rev::Bool = false) where {T}
    return sort_with!(collect(a), Order(lt, by, rev))
end
# One dimension of a larger array: every slice along it on its own.
function sort(a::AbstractArray{T,N}; dims::Integer, keywords...) where {T,N}
    return mapslices(slice -> sort(slice; keywords...), a; dims)
end

function sort_with!(a::Array{T,1}, order) where {T}
    n = length(a)
    n > 32 ? merge_sort!(a, 1, n, Array{T,1}(undef, (n + 1) ÷ 2), order) : insertion_sort!(a, 1, n, order)
    return a
end
function insertion_sort!(a, lo::Int64, hi::Int64, order)
    i = lo + 1
    while i <= hi
        x = a[i]
        k = i - 1
        while k >= lo && precedes(order, x, a[k])
            a[k + 1] = a[k]
            k -= 1
        end
        a[k + 1] = x
        i += 1
    end
    return a
end
function merge_sort!(a, lo::Int64, hi::Int64, scratch, order)
    hi - lo < 32 && return insertion_sort!(a, lo, hi, order)
    middle = lo + (hi - lo) ÷ 2
    merge_sort!(a, lo, middle, scratch, order)
    merge_sort!(a, middle + 1, hi, scratch, order)
    precedes(order, a[middle + 1], a[middle]) || return a
    # The left half moves out of the way; where equal, its elements come first.
    n = middle - lo + 1
    for k in 1:n
        scratch[k] = a[lo + k - 1]
    end
    i = 1
    j = middle + 1
    at = lo
    while i <= n
        if j <= hi && precedes(order, a[j], scratch[i])
            a[at] = a[j]
            j += 1
        else
            a[at] = scratch[i]
            i += 1
        end
        at += 1
    end
    return a
end

function sortperm(a; alg = MergeSort, lt = isless, by = identity, rev::Bool = false)
    return sort_with!(collect(1:length(a)), Order(lt, i -> by(a[i]), rev))
end

function issorted(items; lt = isless, by = identity, rev::Bool = false)
    order = Order(lt, by, rev)
    next = iterate(items)
    next === nothing && return true
    before = next[1]
    next = iterate(items, next[2])
    while next !== nothing
        precedes(order, next[1], before) && return false
        before = next[1]
        next = iterate(items, next[2])
    end
    return true
end

# The first place whose element does not precede `x`; one behind the end when there is none.
function searchsortedfirst(a::AbstractArray, x; lt = isless, by = identity, rev::Bool = false)
    order = Order(lt, by, rev)
    lo = 1
    hi = length(a) + 1
    while lo < hi
        middle = lo + (hi - lo) ÷ 2
        if precedes(order, a[middle], x)
            lo = middle + 1
        else
            hi = middle
        end
    end
    return lo
end
# The last place whose element `x` does not precede; 0 when there is none.
function searchsortedlast(a::AbstractArray, x; lt = isless, by = identity, rev::Bool = false)
    order = Order(lt, by, rev)
    lo = 1
    hi = length(a) + 1
    while lo < hi
        middle = lo + (hi - lo) ÷ 2
        if precedes(order, x, a[middle])
            hi = middle
        else
            lo = middle + 1
        end
    end
    return lo - 1
end
sort(r::AbstractUnitRange) = r
searchsorted(a::AbstractArray, x; keywords...) = searchsortedfirst(a, x; keywords...):searchsortedlast(a, x; keywords...)

invperm(p) = (q = similar(p, Int64, length(p)); foreach(i -> q[p[i]] = i, eachindex(p)); q)
isperm(p) = sort(collect(p)) == collect(1:length(p))
function permute!(a::AbstractArray{T,1}, p) where {T}
    return copyto!(a, a[p])
end
# The `k` smallest, in order.
partialsort(a, k::Integer; keywords...) = sort(a; keywords...)[k]
partialsort(a, r::AbstractRange; keywords...) = sort(a; keywords...)[r]
# Rows or columns in order, each compared as a whole.
function sortslices(a::AbstractArray{T,2}; dims::Integer, keywords...) where {T}
    dims == 1 && return a[sortperm(collect(eachrow(a)); keywords...), :]
    dims == 2 && return a[:, sortperm(collect(eachcol(a)); keywords...)]
    throw(ArgumentError("dimension out of range"))
end
insorted(x, a) = !isempty(searchsorted(a, x))
