# A linked list with a `Union` field for its end.

mutable struct Node
    value::Int64
    next::Union{Node,Nothing}
end

mutable struct List
    head::Union{Node,Nothing}
    length::Int64
end

List() = List(nothing, 0)

function prepend!(list::List, value)
    list.head = Node(value, list.head)
    list.length += 1
    return list
end

function reverse!(list::List)
    previous = nothing
    node = list.head
    while node !== nothing
        next = node.next
        node.next = previous
        previous = node
        node = next
    end
    list.head = previous
    return list
end

function sum_of(list::List)
    total = 0
    node = list.head
    while node !== nothing
        total += node.value
        node = node.next
    end
    return total
end

function show_list(list::List)
    text = "("
    node = list.head
    while node !== nothing
        text = string(text, node.value, node.next === nothing ? "" : " ")
        node = node.next
    end
    return text * ")"
end

function remove!(list::List, value)
    node = list.head
    if node !== nothing && node.value == value
        list.head = node.next
        list.length -= 1
        return true
    end
    while node !== nothing
        after = node.next
        if after !== nothing && after.value == value
            node.next = after.next
            list.length -= 1
            return true
        end
        node = after
    end
    return false
end

function (@main)(args)
    list = List()
    for i in 1:8
        prepend!(list, i * i)
    end
    println(show_list(list))
    println(show_list(reverse!(list)))
    println(remove!(list, 16), " ", remove!(list, 17), " ", remove!(list, 1))
    println(show_list(list), " of ", list.length)

    long = List()
    for i in 1:100000
        prepend!(long, i)
    end
    println("sum: ", sum_of(long))
    return 0
end
