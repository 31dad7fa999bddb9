//! Macros that need no evaluation, expanded here when the user has not defined one of the same name.

use crate::LowerInput;
use crate::diagnostic::{Result, error};
use crate::docs;
use crate::host::{MacroModule, global_ref};
use crate::show::show_expression;
use tintype_syntax::{Node, NodeKind, Span};

/// The expansion, or `None` when the macro is the host's business.
pub(crate) fn expand(call: &Node, module: MacroModule, line: u32, input: &mut LowerInput<'_>) -> Result<Option<Node>> {
    let Some(("macrocall", [name, rest @ ..])) = call.as_expr() else {
        return error("malformed macro call", call.span);
    };
    let args: Vec<Node> = rest.iter().skip(usize::from(rest.first().is_some_and(is_place))).cloned().collect();
    let Some(name) = plain_name(name) else { return Ok(None) };
    if !is_known(&name) || input.host.is_user_macro(&name, module) {
        return Ok(None);
    }
    let span = call.span;
    let node = match (&*name, &args[..]) {
        ("@inline" | "@noinline" | "@propagate_inbounds", []) => meta(&name[1..], span),
        ("@inline" | "@noinline" | "@propagate_inbounds", [definition]) => with_meta(definition, &name[1..]),
        // `if @generated` chooses the branch that needs no generator: both mean the same.
        ("@generated", []) => Node { kind: NodeKind::Bool(false), span },
        ("@generated", [definition]) => with_meta(definition, "generated"),
        ("@nospecialize" | "@specialize", args) => nospecialize(&name[1..], args, span),
        ("@inbounds", [body]) => Node::expr("#inbounds", vec![body.clone()], span),
        ("@_boundscheck", []) => Node::expr("boundscheck", vec![], span),
        ("@boundscheck", [body]) => Node::expr("if", vec![Node::expr("boundscheck", vec![], span), body.clone()], span),
        ("@simd" | "@fastmath" | "@pure", [.., body]) => body.clone(),
        ("@__FILE__", []) => string(input.file, span),
        ("@__DIR__", []) => string(input.file.rsplit_once('/').map_or("", |(folder, _)| folder), span),
        ("@raw_str", [text]) => text.clone(),
        ("@static", [body]) => body.clone(),
        ("@eval", [body]) if module == MacroModule::Current => eval(Node::expr("#module", vec![], span), body, span),
        ("@eval", [target, body]) => eval(target.clone(), body, span),
        ("@." | "@__dot__", [body]) => dotted(body),
        ("@__LINE__", []) => Node { kind: NodeKind::Integer(i64::from(line)), span },
        ("@__MODULE__", []) => match module {
            MacroModule::Current => Node::expr("#module", vec![], span),
            _ => return Ok(None),
        },
        ("@isdefined", [variable]) if variable.as_symbol().is_some() => {
            Node::expr("isdefined", vec![Node::expr("escape", vec![variable.clone()], span)], span)
        }
        ("@assert", [condition, message @ ..]) => assert(condition, message, span),
        ("@show", values) => show(values, span),
        ("@label", [label]) => Node::expr("symboliclabel", vec![label.clone()], span),
        ("@goto", [label]) => Node::expr("symbolicgoto", vec![label.clone()], span),
        ("@doc", [text, definition, ..]) => docs::documented(text, definition, span, input),
        ("@doc", [thing]) => docs::lookup(thing, span),
        _ => return Ok(None),
    };
    Ok(Some(strip_escape(node)))
}

/// Whether a macro call's second part is where it stands, not an argument.
fn is_place(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Line(_) | NodeKind::Nothing) || crate::host::as_host_value(node).is_some()
}

/// Expansions here are written in the caller's terms already; the mark only says which parts those are.
fn strip_escape(node: Node) -> Node {
    match node.as_expr() {
        Some(("isdefined", [inner])) => match inner.as_expr() {
            Some(("escape", [variable])) => Node::expr("isdefined", vec![variable.clone()], node.span),
            _ => node,
        },
        _ => node,
    }
}

fn is_known(name: &str) -> bool {
    const KNOWN: &[&str] = &[
        "@inline",
        "@noinline",
        "@propagate_inbounds",
        "@generated",
        "@nospecialize",
        "@specialize",
        "@inbounds",
        "@simd",
        "@boundscheck",
        "@_boundscheck",
        "@fastmath",
        "@pure",
        "@__FILE__",
        "@__LINE__",
        "@__MODULE__",
        "@isdefined",
        "@assert",
        "@show",
        "@label",
        "@goto",
        "@doc",
        "@__DIR__",
        "@raw_str",
        "@static",
        "@eval",
        "@.",
        "@__dot__",
    ];
    KNOWN.contains(&name)
}

/// The name of an unqualified macro, or of one qualified with `Core` or `Base`.
fn plain_name(node: &Node) -> Option<String> {
    if let Some(name) = node.as_symbol() {
        return Some(name.to_owned());
    }
    if let Some((MacroModule::Core | MacroModule::Base, name)) = crate::host::as_global_ref(node) {
        return Some(name.to_owned());
    }
    match node.as_expr() {
        Some((".", [module, field])) if matches!(module.as_symbol(), Some("Base" | "Core")) => match &field.kind {
            NodeKind::Quote(inner) => inner.as_symbol().map(str::to_owned),
            _ => None,
        },
        _ => None,
    }
}

fn meta(kind: &str, span: Span) -> Node {
    Node::expr("meta", vec![Node::symbol(kind, span)], span)
}

/// Puts a note at the start of a definition's body. Anything else (a call) is left as it is.
fn with_meta(definition: &Node, kind: &str) -> Node {
    let span = definition.span;
    let Some((head @ ("function" | "=" | "->" | "macrocall"), args)) = definition.as_expr() else {
        return definition.clone();
    };
    if head == "macrocall" {
        // `@inline @propagate_inbounds f(x) = ...`: the note goes into what the inner call wraps.
        let mut args = args.to_vec();
        if let Some(last) = args.pop() {
            args.push(with_meta(&last, kind));
        }
        return Node::expr(head, args, span);
    }
    let [signature, body] = args else { return definition.clone() };
    let mut items = vec![meta(kind, span)];
    match body.as_expr() {
        Some(("block", inner)) => items.extend_from_slice(inner),
        _ => items.push(body.clone()),
    }
    Node::expr(head, vec![signature.clone(), Node::expr("block", items, body.span)], span)
}

fn nospecialize(kind: &str, args: &[Node], span: Span) -> Node {
    let mut parts = vec![Node::symbol(kind, span)];
    match args {
        // `@nospecialize(x = 1)` in a signature.
        [one] => match one.as_expr() {
            Some(("=", [target, default])) => {
                parts.push(target.clone());
                return Node::expr("kw", vec![Node::expr("meta", parts, span), default.clone()], span);
            }
            _ => parts.push(one.clone()),
        },
        _ => parts.extend_from_slice(args),
    }
    Node::expr("meta", parts, span)
}

fn string(text: &str, span: Span) -> Node {
    Node { kind: NodeKind::String(text.as_bytes().into()), span }
}

fn base(name: &str, span: Span) -> Node {
    global_ref(MacroModule::Base, name, span)
}

fn call(name: &str, args: Vec<Node>, span: Span) -> Node {
    let mut call = vec![base(name, span)];
    call.extend(args);
    Node::expr("call", call, span)
}

fn assert(condition: &Node, message: &[Node], span: Span) -> Node {
    let message = match message {
        [] => string(&show_expression(condition), span),
        [text @ Node { kind: NodeKind::String(_), .. }, ..] => text.clone(),
        [value, ..] => call("string", vec![value.clone()], span),
    };
    let exception = call("AssertionError", vec![message], span);
    let throw = call("throw", vec![exception], span);
    let nothing = Node { kind: NodeKind::Nothing, span };
    Node::expr("if", vec![condition.clone(), nothing, throw], span)
}

fn eval(module: Node, body: &Node, span: Span) -> Node {
    let quoted = Node::expr("quote", vec![body.clone()], span);
    Node::expr("call", vec![global_ref(MacroModule::Core, "eval", span), module, quoted], span)
}

/// `@. expression`: a dot on every call, operator and assignment, except below `$`.
fn dotted(node: &Node) -> Node {
    let span = node.span;
    let Some((head, args)) = node.as_expr() else { return node.clone() };
    let all = |args: &[Node]| args.iter().map(dotted).collect::<Vec<_>>();
    match (head, args) {
        ("$", [inner]) => inner.clone(),
        ("call", [callee, operands @ ..]) => match callee.as_symbol() {
            Some(name) if is_operator(name) && !name.starts_with('.') => {
                let mut call = vec![Node::symbol(&format!(".{name}"), span)];
                call.extend(all(operands));
                Node::expr("call", call, span)
            }
            Some(name) if is_operator(name) => {
                let mut call = vec![callee.clone()];
                call.extend(all(operands));
                Node::expr("call", call, span)
            }
            _ => Node::expr(".", vec![callee.clone(), Node::expr("tuple", all(operands), span)], span),
        },
        ("comparison", parts) => {
            let parts = parts.iter().enumerate().map(|(i, part)| match part.as_symbol() {
                Some(name) if i % 2 == 1 && !name.starts_with('.') => Node::symbol(&format!(".{name}"), part.span),
                Some(_) if i % 2 == 1 => part.clone(),
                _ => dotted(part),
            });
            let parts = parts.collect();
            Node::expr("comparison", parts, span)
        }
        ("&&" | "||", parts) => Node::expr(&format!(".{head}"), all(parts), span),
        ("let" | "for" | "->" | "function" | "quote" | "inert" | "." | "kw", _) => {
            let keep = match head {
                "kw" | "." => {
                    args.iter().enumerate().map(|(i, a)| if i == 0 { a.clone() } else { dotted(a) }).collect()
                }
                _ => args.to_vec(),
            };
            Node::expr(head, keep, span)
        }
        (_, [target, value]) if head.ends_with('=') && !head.starts_with('.') => {
            Node::expr(&format!(".{head}"), vec![dotted(target), dotted(value)], span)
        }
        _ => Node::expr(head, all(args), span),
    }
}

fn is_operator(name: &str) -> bool {
    name.chars().next().is_some_and(|c| !c.is_alphanumeric() && c != '_' && c != '@' && c != '#')
}

/// Prints `expression = value` for each, and gives the last value.
fn show(values: &[Node], span: Span) -> Node {
    let held = Node::symbol("#value#", span);
    let mut items = Vec::new();
    for value in values {
        let text = string(&format!("{} = ", show_expression(value)), span);
        let assigned = Node::expr("=", vec![held.clone(), value.clone()], span);
        let text_of_value = call("repr", vec![assigned], span);
        items.push(call("println", vec![text, text_of_value], span));
    }
    items.push(if values.is_empty() { Node { kind: NodeKind::Nothing, span } } else { held.clone() });
    let bindings = Node::expr("block", vec![], span);
    items.insert(0, Node::expr("local", vec![held], span));
    let _ = bindings;
    Node::expr("block", items, span)
}
