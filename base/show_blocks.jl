# How definitions, control flow and declarations print: what takes several lines, or begins with a keyword.

# `head args` and the statements below, each on its line, up to where `end` is to stand.
function show_body(p, head, args, separator, body, indent)
    q = ExpressionStream(p, false)
    print(q, head)
    if !isempty(args)
        print(q, " ")
        show_list(q, args, separator, indent, 0)
    end
    show_statements(q, body, head in ("module", "baremodule") ? indent : indent + INDENTATION)
    new_line(q, indent)
end
show_body(p, head, body, indent) = show_body(p, head, (), ", ", body, indent)
function show_statements(p, body, indent)
    for x in (body isa Expr && body.head in (:block, :quote) ? body.args : Any[body])
        new_line(p, indent)
        show_node(p, x, indent, STATEMENT)
    end
end
new_line(p, indent) = print(p, "\n", repeat(" ", indent))

function show_definition(p, x, indent, level)
    head = x.head
    args = x.args
    n = length(args)
    if n == 1 && head in (:function, :macro)
        print(p, head, " ")
        show_node(p, args[1], indent, 0)
        print(p, " end")
    elseif n == 2 && head in (:function, :macro, :for, :while, :let, :if, :elseif)
        show_with_head(p, head, args[1], args[2], indent)
        head === :elseif || print(p, "end")
    elseif n == 3 && head in (:if, :elseif)
        show_with_head(p, head, args[1], args[2], indent)
        if has_head(args[3], :elseif)
            show_node(p, args[3], indent, level)
        else
            show_body(p, "else", args[3], indent)
        end
        head === :elseif || print(p, "end")
    elseif head === :block
        show_body(p, "begin", x, indent)
        print(p, "end")
    elseif head === :module && n == 3
        show_body(p, args[1] === true ? "module" : "baremodule", Any[args[2]], ", ", args[3], indent)
        print(p, "end")
    elseif head === :struct && n == 3
        show_body(p, args[1] === true ? "mutable struct" : "struct", Any[args[2]], ", ", args[3], indent)
        print(p, "end")
    elseif head === :abstract && n == 1
        print(p, "abstract type ")
        show_node(p, args[1], indent, 0)
        print(p, " end")
    elseif head === :primitive && n == 2
        print(p, "primitive type ")
        show_list(p, args, " ", indent, 0)
        print(p, " end")
    elseif head === :try && 3 <= n
        show_try(p, args, indent)
    else
        return false
    end
    return true
end
# `let` and `for` may have several bindings in a block; so has the condition of an `elseif` its line.
function show_with_head(p, head, arg, body, indent)
    parts = has_head(arg, :block) ? arg.args : Any[arg]
    show_body(p, String(head), parts, head === :elseif ? " " : ", ", body, indent)
end
function show_try(p, args, indent)
    show_body(p, "try", args[1], indent)
    if args[3] !== false
        show_body(p, "catch", args[2] === false ? () : Any[args[2]], ", ", args[3], indent)
    end
    length(args) >= 5 && show_body(p, "else", args[5], indent)
    length(args) >= 4 && args[4] !== false && show_body(p, "finally", args[4], indent)
    print(p, "end")
end
function show_do(p, x, indent)
    q = ExpressionStream(p, false)
    show_node(q, x.args[1], indent, STATEMENT)
    print(q, " do ")
    names, body = x.args[2].args
    show_list(q, has_head(names, :tuple) ? names.args : Any[names], ", ", 0, 0)
    show_statements(q, body, indent + INDENTATION)
    new_line(q, indent)
    print(q, "end")
end

# Declarations and jumps: a keyword and what follows it.
function show_keyword(p, x, indent)
    head = x.head
    args = x.args
    n = length(args)
    if head in (:break, :continue) && n == 0
        print(p, head)
    elseif head === :return && (n == 0 || n == 1 && args[1] === nothing)
        print(p, "return")
    elseif head in (:return, :const) && n == 1 || head in (:local, :global) && n >= 1
        print(p, head, " ")
        show_list(p, args, ", ", indent, 0)
    elseif head in (:import, :using) && n >= 1
        print(p, head, " ")
        for i in 1:n
            i > 1 && print(p, ", ")
            show_import(p, args[i])
        end
    elseif head === :export && n >= 1
        print(p, "export ")
        for i in 1:n
            i > 1 && print(p, ", ")
            show_macro_name(p, args[i], indent)
        end
    elseif head === KEYWORD_HEAD
        show_list(p, args, " = ", indent, ASSIGNMENT_LEVEL, true)
    else
        return false
    end
    return true
end
function show_import(p, x)
    if has_head(x, :(:)) && length(x.args) >= 2
        show_import(p, x.args[1])
        print(p, ": ")
        for i in 2:length(x.args)
            i > 2 && print(p, ", ")
            show_import(p, x.args[i])
        end
    elseif has_head(x, :as, 2)
        show_import(p, x.args[1])
        print(p, " as ", x.args[2])
    elseif has_head(x, :.)
        for i in 1:length(x.args)
            i > 1 && x.args[i - 1] !== :. && print(p, ".")
            x.args[i] isa Symbol ? show_import_name(p, x.args[i]) : show_node(p, x.args[i], 0, 0)
        end
    else
        show_node(p, x, 0, 0)
    end
end
show_import_name(p, name) = name === :. || isoperator(name) || startswith(String(name), "@") ? print(p, name) : show_name(p, name)
